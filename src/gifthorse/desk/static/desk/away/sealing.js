/* Seals what was written to the desk's public key, so that this phone can't read it back (HPKE, RFC 9180: X25519, HKDF-SHA256,
   AES-256-GCM). The length is padded to a few sizes, so that it tells nothing about the text. */

const SIZES = [1024, 4096, 16384, 65536];
const REPORT = "gifthorse report 1";
const PHOTOGRAPH = "gifthorse photograph 1";

/** *body* with zeros after it, up to the next size; the first four bytes say how long it is. */
export function padded(body) {
  const wanted = body.length + 4;
  const size = SIZES.find((one) => one >= wanted) || Math.ceil(wanted / 65536) * 65536;
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(body, 4);
  return bytes;
}

/** *value* as sealed bytes: the encapsulated key, then the ciphertext. *hpke* is the vendored library, *publicKey* 32 bytes. */
export function sealed(hpke, publicKey, value) {
  return sealedFor(hpke, publicKey, new TextEncoder().encode(JSON.stringify(value)), REPORT);
}

/** A photograph as sealed bytes: the length of its head, the head (which names the report by the digest of its sealed bytes), the picture. */
export async function sealedPhotograph(hpke, publicKey, sealedReport, { name, bytes }) {
  const head = new TextEncoder().encode(JSON.stringify({ report: await digestOf(sealedReport), name }));
  const body = new Uint8Array(4 + head.length + bytes.length);
  new DataView(body.buffer).setUint32(0, head.length);
  body.set(head, 4);
  body.set(bytes, 4 + head.length);
  return sealedFor(hpke, publicKey, body, PHOTOGRAPH);
}

async function sealedFor(hpke, publicKey, body, info) {
  const suite = new hpke.CipherSuite(hpke.KEM_DHKEM_X25519_HKDF_SHA256, hpke.KDF_HKDF_SHA256, hpke.AEAD_AES_256_GCM);
  const key = await suite.DeserializePublicKey(publicKey);
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, padded(body), { info: new TextEncoder().encode(info) });
  const whole = new Uint8Array(encapsulatedSecret.byteLength + ciphertext.byteLength);
  whole.set(new Uint8Array(encapsulatedSecret), 0);
  whole.set(new Uint8Array(ciphertext), encapsulatedSecret.byteLength);
  return whole;
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes that base64 text stands for. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
