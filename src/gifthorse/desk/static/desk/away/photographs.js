/* Photographs for a report without a network: made smaller on the phone, and without what the camera wrote into them, before they are
   sealed. What this browser can't draw is taken as it is, up to a bound. */

export const MOST = 6;
export const LONGEST_SIDE = 2560;
export const LARGEST = 8 * 1024 * 1024;
const QUALITY = 0.85;

/** *file* as {name, bytes}, ready to be sealed; null when it is too large and can't be made smaller. */
export async function prepared(file) {
  const smaller = await redrawn(file);
  const content = smaller || file;
  if (content.size > LARGEST) return null;
  const name = smaller ? file.name.replace(/\.[^.]*$/, "") + ".jpg" : file.name;
  return { name: name.slice(-200), bytes: new Uint8Array(await content.arrayBuffer()) };
}

/** The width and height of a picture that fits: its longer side is LONGEST_SIDE at most. */
export function fitted(width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function redrawn(file) {
  let picture = null;
  try {
    picture = await createImageBitmap(file);
    const { width, height } = fitted(picture.width, picture.height);
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white"; // a transparent picture would turn black
    paper.fillRect(0, 0, width, height);
    paper.drawImage(picture, 0, 0, width, height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  } catch {
    return null; // a format that this browser doesn't draw, or a picture too large for its memory
  } finally {
    picture?.close();
  }
}
