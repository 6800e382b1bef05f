// Looks: colour, pattern and weave painted on a canvas, and put on the model as its texture.
// A model's UVs count pattern tiles.

const LOOK_PX = 1024;
const lookTiles = new Map();

// A mask's brightness becomes its opacity, so that any colour can be laid through it.
function asMask(image) {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    pixels.data[at + 3] = pixels.data[at];
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}

// The tile at an address: `image` and `mask` once they are read, `wait` until then.
function lookTile(url) {
  if (!lookTiles.has(url)) {
    const image = new Image();
    image.src = url;
    const tile = { image: null, mask: null, wait: null };
    tile.wait = image.decode().then(
      () => Object.assign(tile, { image, mask: asMask(image) }),
      () => lookTiles.delete(url),
    );
    lookTiles.set(url, tile);
  }
  return lookTiles.get(url);
}

function tinted(mask, colour) {
  const canvas = document.createElement("canvas");
  canvas.width = mask.width;
  canvas.height = mask.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(mask, 0, 0);
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = colour;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

function laid(pen, picture, step) {
  for (let y = 0; y < LOOK_PX - 0.5; y += step) {
    for (let x = 0; x < LOOK_PX - 0.5; x += step) {
      pen.drawImage(picture, x, y, step, step);
    }
  }
}

function paintLook(canvas, look, surfaces) {
  canvas.width = LOOK_PX;
  canvas.height = LOOK_PX;
  const pen = canvas.getContext("2d");
  const scale = LOOK_PX / surfaces.tileMm;
  // A canvas texture counts its rows from the foot, the model's UVs from the head.
  pen.setTransform(1, 0, 0, -1, 0, LOOK_PX);
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = surfaces.colours[look.colour];
  pen.fillRect(0, 0, LOOK_PX, LOOK_PX);
  const pattern = surfaces.patterns[look.pattern];
  if (pattern) {
    laid(pen, tinted(lookTile(pattern).mask, surfaces.colours[look.accent]), LOOK_PX);
  }
  // Shades are halved: under hard light their middle grey leaves a colour as it is.
  pen.globalCompositeOperation = "hard-light";
  pen.globalAlpha = surfaces.shadeStrength;
  laid(pen, lookTile(surfaces.materials[look.material].shade).image, surfaces.weaveMm * scale);
}

function linearColour(hex, lift = 0) {
  const parts = [1, 3, 5].map((at) => {
    const byte = parseInt(hex.slice(at, at + 2), 16);
    const value = (byte + (255 - byte) * lift) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [...parts, 1];
}

function dress(material, colour, roughness, metallic) {
  if (material) {
    material.pbrMetallicRoughness.setBaseColorFactor(colour);
    material.pbrMetallicRoughness.setRoughnessFactor(roughness);
    material.pbrMetallicRoughness.setMetallicFactor(metallic);
  }
}

async function addRelief(viewer, material, url, surfaces, isCurrent) {
  const texture = await viewer.createTexture(url);
  if (isCurrent()) {
    const scale = surfaces.tileMm / surfaces.weaveMm;
    texture.sampler.setScale({ u: scale, v: scale });
    material.normalTexture.setTexture(texture);
  }
}

// Put `look` on the model of a <model-viewer>; what has to be read first is waited for.
function showLook(viewer, look, surfaces, isCurrent) {
  const model = viewer.model;
  if (!model) {
    return;
  }
  const fabric = surfaces.materials[look.material];
  const needed = [surfaces.patterns[look.pattern], fabric.shade].filter(Boolean).map(lookTile);
  if (!needed.every((tile) => tile.image)) {
    Promise.all(needed.map((tile) => tile.wait)).then(() => {
      if (isCurrent() && needed.every((tile) => tile.image)) {
        showLook(viewer, look, surfaces, isCurrent);
      }
    });
    return;
  }
  const webbing = model.getMaterialByName("webbing");
  if (webbing) {
    if (viewer.lookModel !== model) {
      viewer.lookModel = model;
      viewer.lookTexture = viewer.createCanvasTexture();
      viewer.lookRelief = "";
    }
    const texture = viewer.lookTexture;
    paintLook(texture.source.element, look, surfaces);
    texture.source.update();
    webbing.pbrMetallicRoughness.baseColorTexture.setTexture(texture);
    dress(webbing, [1, 1, 1, 1], fabric.roughness, 0);
    if (viewer.lookRelief !== fabric.relief) {
      viewer.lookRelief = fabric.relief;
      const isSame = () => viewer.lookModel === model && viewer.lookRelief === fabric.relief;
      addRelief(viewer, webbing, fabric.relief, surfaces, isSame);
    }
  }
  const threads = linearColour(surfaces.colours[look.colour], surfaces.threadLift);
  dress(model.getMaterialByName("thread"), threads, surfaces.threadRoughness, 0);
  const finish = surfaces.finishes[look.finish];
  dress(model.getMaterialByName("metal"), linearColour(finish.colour), finish.roughness, 1);
}
