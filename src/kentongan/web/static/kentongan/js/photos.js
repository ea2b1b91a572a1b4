// Photos are made small on the phone: drawn anew, so that place and camera data of the file stay behind.

const MOST_BYTES = 200 * 1024;
const SIDES = [1280, 1024, 800, 640, 480];
const QUALITIES = [0.8, 0.65, 0.5];

function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const asJpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

const asText = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });

// The photo as a data address of at most 200 kB, or null when this phone cannot open it.
export async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  for (const side of SIDES) {
    const canvas = drawn(picture, side);
    for (const quality of QUALITIES) {
      const blob = await asJpeg(canvas, quality);
      if (blob && blob.size <= MOST_BYTES) return { data: await asText(blob), bytes: blob.size };
    }
  }
  return null;
}

// The bytes of a kept photo; no fetch, because a page may not ask data addresses.
export function asBlob(data) {
  const bytes = Uint8Array.from(atob(data.split(",")[1]), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}
