/* Seals what was written to the desk's public key, so that this phone can't read it back (HPKE, RFC 9180: X25519, HKDF-SHA256,
   AES-256-GCM). The length is padded to a few sizes, so that it tells nothing about the text. */

const SIZES = [1024, 4096, 16384, 65536];
const INFO = new TextEncoder().encode("gifthorse report 1");

/** *text* with zeros after it, up to the next size; the first four bytes say how long it is. */
export function padded(text) {
  const body = new TextEncoder().encode(text);
  const wanted = body.length + 4;
  const size = SIZES.find((one) => one >= wanted) || Math.ceil(wanted / 65536) * 65536;
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(body, 4);
  return bytes;
}

/** *value* as sealed bytes: the encapsulated key, then the ciphertext. *hpke* is the vendored library, *publicKey* 32 bytes. */
export async function sealed(hpke, publicKey, value) {
  const suite = new hpke.CipherSuite(hpke.KEM_DHKEM_X25519_HKDF_SHA256, hpke.KDF_HKDF_SHA256, hpke.AEAD_AES_256_GCM);
  const key = await suite.DeserializePublicKey(publicKey);
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, padded(JSON.stringify(value)), { info: INFO });
  const whole = new Uint8Array(encapsulatedSecret.byteLength + ciphertext.byteLength);
  whole.set(new Uint8Array(encapsulatedSecret), 0);
  whole.set(new Uint8Array(ciphertext), encapsulatedSecret.byteLength);
  return whole;
}

/** The bytes that base64 text stands for. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
