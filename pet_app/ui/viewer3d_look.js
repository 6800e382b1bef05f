// Looks: the colours, tiles and sheen of a model's materials, as `surfaces.py` says what they mean.
// Webbing's colour, pattern and shade are painted on a canvas. A model's UVs count pattern tiles.

const LOOK_PX = 1024;
const lookTiles = new Map();

// A mask's brightness becomes its opacity, so that any colour can be laid through it; `share` is its mean.
function asMask(image) {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 0; at < pixels.data.length; at += 4) {
    sum += pixels.data[at];
    pixels.data[at + 3] = pixels.data[at];
  }
  pen.putImageData(pixels, 0, 0);
  return { mask: canvas, share: (sum * 4) / 255 / pixels.data.length };
}

// The tile at an address: `image` and `mask` once they are read, `wait` until then.
function lookTile(url) {
  if (!lookTiles.has(url)) {
    const image = new Image();
    image.src = url;
    const tile = { image: null, mask: null, share: 0, wait: null };
    tile.wait = image.decode().then(
      () => Object.assign(tile, { image, ...asMask(image) }),
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
  // Multiplying sRGB is all but multiplying light: both curves are nearly powers.
  const { shade } = surfaces.materials[look.material].tiles;
  if (shade) {
    pen.globalCompositeOperation = "multiply";
    laid(pen, lookTile(shade).image, surfaces.weaveMm * scale);
  }
}

function bytesOf(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function linearColour(bytes) {
  return bytes.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
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

const mixed = (from, to, share) => from.map((part, at) => part + (to[at] - part) * share);

// Where a material has the tile of each kind.
const lookPlaces = {
  shade: (material) => material.pbrMetallicRoughness.baseColorTexture,
  rough: (material) => material.pbrMetallicRoughness.metallicRoughnessTexture,
  normal: (material) => material.normalTexture,
};

async function addTile(viewer, place, url, { tileMm, weaveMm }, isCurrent) {
  const texture = url ? await viewer.createTexture(url) : null;
  if (!isCurrent()) {
    return;
  }
  place.setTexture(texture);
  // A texture forgets its scale when it is set where the model had one already.
  texture?.sampler.setScale({ u: tileMm / weaveMm, v: tileMm / weaveMm });
}

// Give a material the tile at an address, unless it has it already.
function putTile(viewer, material, kind, url, surfaces) {
  const { lookModel: model, lookWorn: worn } = viewer;
  const key = `${material.name} ${kind}`;
  if ((worn[key] ?? "") !== url) {
    worn[key] = url;
    const isCurrent = () => viewer.lookModel === model && worn[key] === url;
    addTile(viewer, lookPlaces[kind](material), url, surfaces, isCurrent);
  }
}

// Put a surface on the material of that name; `bytes` is its sRGB colour, `own` the tiles that it
// has painted in already.
function dress(viewer, name, surface, bytes, surfaces, own = {}) {
  const material = viewer.model.getMaterialByName(name);
  if (!material || !surface) {
    return;
  }
  const tiles = { ...surface.tiles, ...own };
  const colour = linearColour(bytes);
  const { white, roughness } = surfaces.sheen;
  const { pbrMetallicRoughness: pbr } = material;
  const shaded = surface.tiles.shade ? surfaces.most : 1;
  const isPainted = "shade" in own;
  pbr.setBaseColorFactor([...(isPainted ? [1, 1, 1] : colour).map((part) => part * shaded), 1]);
  pbr.setRoughnessFactor(surface.roughness * (tiles.rough ? surfaces.most : 1));
  pbr.setMetallicFactor(surface.metallic);
  if (!surface.metallic) {
    const tint = mixed(colour, [1, 1, 1], white).map((part) => part * surface.fuzz);
    material.setSheenColorFactor(tint);
    material.setSheenRoughnessFactor(roughness);
  }
  Object.keys(lookPlaces).filter((kind) => !(kind in own)).forEach((kind) => {
    putTile(viewer, material, kind, tiles[kind] ?? "", surfaces);
  });
}

// Put `look` on the model of a <model-viewer>; what has to be read first is waited for.
function showLook(viewer, look, surfaces, isCurrent) {
  const model = viewer.model;
  if (!model) {
    return;
  }
  const fabric = surfaces.materials[look.material];
  const pattern = surfaces.patterns[look.pattern];
  const needed = [pattern, fabric.tiles.shade].filter(Boolean).map(lookTile);
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
    viewer.lookWorn = {};
  }
  const put = (name, surface, bytes) => dress(viewer, name, surface, bytes, surfaces);
  const webbing = model.getMaterialByName("webbing");
  if (webbing) {
    viewer.lookTexture ??= viewer.createCanvasTexture();
    const texture = viewer.lookTexture;
    paintLook(texture.source.element, look, surfaces);
    texture.source.update();
    webbing.pbrMetallicRoughness.baseColorTexture.setTexture(texture);
    const [ground, accent] = [look.colour, look.accent].map((key) => bytesOf(surfaces.colours[key]));
    const mean = pattern ? mixed(ground, accent, lookTile(pattern).share) : ground;
    dress(viewer, "webbing", fabric, mean, surfaces, { shade: "" });
  }
  put("thread", surfaces.thread, threadColour(look, surfaces));
  put("letters", surfaces.letters[look.method] ?? surfaces.thread, letterColour(look, surfaces));
  const plain = {
    metal: surfaces.finishes[look.finish],
    engraving: surfaces.engravings[look.finish],
    lining: surfaces.linings[look.lining],
    ...surfaces.others,
  };
  Object.entries(plain).forEach(([name, surface]) => {
    if (surface) {
      put(name, surface, bytesOf(surface.colour));
    }
  });
}

// The studio's light, as it stands round a camera that looks along -z: RGBE without run lengths.
let lookStudio = null;
const lookStudios = new Map();

async function readStudio(url) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const [head, rows, columns] = new TextDecoder("latin1")
    .decode(bytes.subarray(0, 200))
    .match(/^[^]*?\n-Y (\d+) \+X (\d+)\n/);
  return { bytes, start: head.length, rows: Number(rows), columns: Number(columns) };
}

// A file of the studio turned by so many columns, as an address.
function turnedStudio({ bytes, start, rows, columns }, shift) {
  if (!lookStudios.has(shift)) {
    const turned = bytes.slice();
    const wide = 4 * columns;
    for (let row = 0; row < rows; row += 1) {
      const line = bytes.subarray(start + row * wide, start + (row + 1) * wide);
      turned.set(line.subarray(4 * shift), start + row * wide);
      turned.set(line.subarray(0, 4 * shift), start + row * wide + wide - 4 * shift);
    }
    // The viewer knows what a file holds by how its address ends.
    lookStudios.set(shift, `${URL.createObjectURL(new Blob([turned]))}#.hdr`);
  }
  return lookStudios.get(shift);
}

// Light a <model-viewer> as our pictures are: the lamps stand round the side that `orbit` shows.
async function lightStudio(viewer, orbit, surfaces) {
  viewer.lookOrbit = orbit;
  lookStudio ??= readStudio(surfaces.studio);
  const studio = await lookStudio.catch(() => (lookStudio = null));
  if (studio && viewer.lookOrbit === orbit) {
    const turns = parseFloat(orbit) / 360;
    const shift = Math.round((turns - Math.floor(turns)) * studio.columns) % studio.columns;
    viewer.environmentImage = turnedStudio(studio, shift);
  }
}
