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

function bytesOf(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function linearColour(bytes) {
  const parts = bytes.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [...parts, 1];
}

function brightness([red, green, blue]) {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

function farFrom(first, second) {
  return Math.hypot(...first.map((part, at) => part - second[at])) / 255;
}

function isApart(colour, others, limit) {
  return others.every(
    (other) =>
      farFrom(colour, other) > limit &&
      Math.abs(brightness(colour) - brightness(other)) > limit / 2,
  );
}

// A colour on its way to white, or to black where it is light already.
function setOff(bytes, share, light) {
  const goal = brightness(bytes) > light ? 0 : 255;
  return bytes.map((part) => Math.round(part + (goal - part) * share));
}

// Threads and letters: the same rules as `thread_rgb` and `letters_rgb` of the renderer.
function threadColour(look, { colours, contrast }) {
  return look.thread && look.thread !== contrast.match
    ? bytesOf(colours[look.thread])
    : setOff(bytesOf(colours[look.colour]), contrast.threadLift, contrast.light);
}

function letterColour(look, { colours, contrast, patterns }) {
  const [ground, accent] = [bytesOf(colours[look.colour]), bytesOf(colours[look.accent])];
  const isPlain = !patterns[look.pattern];
  const under = isPlain ? [ground] : [ground, accent];
  if (look.thread && look.thread !== contrast.match) {
    const thread = bytesOf(colours[look.thread]);
    if (isApart(thread, under, contrast.apart)) {
      return thread;
    }
  }
  if (!isPlain) {
    const nearest = (ink) => Math.min(...under.map((other) => farFrom(ink, other)));
    return contrast.inks.reduce((best, ink) => (nearest(ink) > nearest(best) ? ink : best));
  }
  return isApart(accent, under, contrast.apart)
    ? accent
    : setOff(ground, contrast.letterLift, contrast.light);
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
    material.normalTexture.setTexture(texture);
    // A texture forgets its scale when it is set where the model had one already.
    texture.sampler.setScale({ u: scale, v: scale });
  }
}

// Give a material the relief of a tile, unless it has it already.
function putRelief(viewer, material, url, surfaces) {
  const { lookModel: model, lookReliefs: reliefs } = viewer;
  if (material && url && reliefs[material.name] !== url) {
    reliefs[material.name] = url;
    const isSame = () => viewer.lookModel === model && reliefs[material.name] === url;
    addRelief(viewer, material, url, surfaces, isSame);
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
  if (viewer.lookModel !== model) {
    viewer.lookModel = model;
    viewer.lookTexture = null;
    viewer.lookReliefs = {};
  }
  const named = (name) => model.getMaterialByName(name);
  const webbing = named("webbing");
  if (webbing) {
    viewer.lookTexture ??= viewer.createCanvasTexture();
    const texture = viewer.lookTexture;
    paintLook(texture.source.element, look, surfaces);
    texture.source.update();
    webbing.pbrMetallicRoughness.baseColorTexture.setTexture(texture);
    dress(webbing, [1, 1, 1, 1], fabric.roughness, 0);
    putRelief(viewer, webbing, fabric.relief, surfaces);
  }
  dress(named("thread"), linearColour(threadColour(look, surfaces)), surfaces.threadRoughness, 0);
  const letters = surfaces.letters[look.method] ?? surfaces.threadRoughness;
  dress(named("letters"), linearColour(letterColour(look, surfaces)), letters, 0);
  const finish = surfaces.finishes[look.finish];
  dress(named("metal"), linearColour(bytesOf(finish.colour)), finish.roughness, 1);
  const cut = surfaces.engravings[look.finish];
  dress(named("engraving"), linearColour(bytesOf(cut.colour)), cut.roughness, 0);
  const lining = surfaces.linings[look.lining];
  if (lining && named("lining")) {
    dress(named("lining"), linearColour(bytesOf(lining.colour)), lining.roughness, 0);
    putRelief(viewer, named("lining"), lining.relief, surfaces);
  }
  Object.entries(surfaces.others).forEach(([name, plain]) => {
    dress(named(name), linearColour(bytesOf(plain.colour)), plain.roughness, 0);
  });
}
