/* A photograph is made small where it was taken: it travels fast, and says nothing of the place. */

const PHOTO_SIDE = 1600;
const PHOTO_LONGEST = 1_800_000;
const PHOTO_UNREADABLE = "Your browser cannot read this picture. Choose a JPEG, PNG or WebP.";

async function takePhoto(event) {
  const input = event.currentTarget;
  const form = input.form;
  const room = input.closest("[data-photo]");
  const shown = room.querySelector("img");
  const kept = form.elements.namedItem("photo");
  const fault = room.querySelector("[data-fault=photo]");
  kept.value = "";
  fault.textContent = "";
  shown.hidden = true;
  const file = input.files && input.files[0];
  if (!file) return;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, PHOTO_SIDE / Math.max(picture.width, picture.height));
    const sheet = document.createElement("canvas");
    sheet.width = Math.max(1, Math.round(picture.width * share));
    sheet.height = Math.max(1, Math.round(picture.height * share));
    const pen = sheet.getContext("2d");
    /* What is clear in a drawing is white on paper. */
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    picture.close();
    let url = "";
    for (const quality of [0.86, 0.7, 0.5]) {
      url = sheet.toDataURL("image/jpeg", quality);
      if (url.length <= PHOTO_LONGEST) break;
    }
    kept.value = url.slice(url.indexOf(",") + 1);
    shown.src = url;
    shown.hidden = false;
  } catch {
    input.value = "";
    fault.textContent = PHOTO_UNREADABLE;
  }
}
