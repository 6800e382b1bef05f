// One scene in three.js as its documentation would have it: physical materials, an environment map,
// a key light with a soft shadow map, the same camera and tone map as ours.
import * as THREE from "three";

const about = await (await fetch("/scene/about.json")).json();
const read = async (name, Kind) => new Kind(await (await fetch(`/scene/${name}.bin`)).arrayBuffer());

const renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
renderer.setPixelRatio(1);
renderer.setSize(about.size, about.size);
renderer.toneMapping = THREE.NeutralToneMapping;
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = THREE.PCFShadowMap;
document.body.append(renderer.domElement);

const scene = new THREE.Scene();
scene.background = new THREE.Color(...about.paper);

const sky = new THREE.DataTexture(
  await read("sky", Float32Array), about.sky[1], about.sky[0], THREE.RGBAFormat, THREE.FloatType,
  THREE.EquirectangularReflectionMapping,
);
sky.magFilter = sky.minFilter = THREE.LinearFilter;
sky.needsUpdate = true;
const around = new THREE.PMREMGenerator(renderer).fromEquirectangular(sky).texture;
scene.environment = around;

const low = new THREE.Vector3(...about.low), high = new THREE.Vector3(...about.high);
const middle = low.clone().add(high).multiplyScalar(0.5), reach = high.distanceTo(low) / 2;
const key = new THREE.DirectionalLight(new THREE.Color(...about.key), 1);
const towards = new THREE.Vector3(...about.towards);
key.target.position.copy(middle);
key.castShadow = true;
key.shadow.mapSize.set(2048, 2048);
key.shadow.radius = 25;
key.shadow.bias = -0.002;
key.shadow.normalBias = 0.6;
Object.assign(key.shadow.camera, {
  left: -reach * 1.5, right: reach * 1.5, top: reach * 1.5, bottom: -reach * 1.5,
  near: reach, far: reach * 7,
});
scene.add(key, key.target);

const texture = async (name, encoded) => {
  const [rows, columns] = about.images[name];
  const made = new THREE.DataTexture(await read(name, Float32Array), columns, rows,
    THREE.RGBAFormat, THREE.FloatType);
  made.wrapS = made.wrapT = THREE.RepeatWrapping;
  made.magFilter = THREE.LinearFilter;
  made.minFilter = THREE.LinearMipmapLinearFilter;
  made.anisotropy = 8;
  made.generateMipmaps = true;
  made.needsUpdate = true;
  return made;
};

const materials = [];
for (const [number, own] of about.surfaces.entries()) {
  const made = new THREE.MeshPhysicalMaterial({
    color: new THREE.Color(...own.colour), roughness: own.roughness, metalness: own.metallic ? 1 : 0,
    ior: own.ior, sheen: own.sheen, sheenRoughness: own.sheen_roughness,
    sheenColor: new THREE.Color(...own.tint),
  });
  if (own.textured) {
    made.color = new THREE.Color(1, 1, 1);
    made.map = await texture(`colour_${number}`);
    made.map.repeat.setScalar(1 / about.tile_mm);
    made.normalMap = await texture(`normal_${number}`);
    made.roughnessMap = await texture(`rough_${number}`);
    made.roughness = 1;
    for (const map of [made.normalMap, made.roughnessMap]) map.repeat.setScalar(1 / about.weave_mm);
  }
  materials.push(made);
}
const geometry = new THREE.BufferGeometry();
const put = async (name, size) =>
  geometry.setAttribute(name, new THREE.BufferAttribute(await read(name, Float32Array), size));
await put("position", 3);
await put("normal", 3);
await put("uv", 2);
geometry.setIndex(new THREE.BufferAttribute(await read("index", Uint32Array), 1));
for (const [start, count, slot] of about.groups) geometry.addGroup(start, count, slot);
const piece = new THREE.Mesh(geometry, materials);
piece.castShadow = piece.receiveShadow = true;
scene.add(piece);

const floor = new THREE.Mesh(
  new THREE.PlaneGeometry(reach * 40, reach * 40), new THREE.ShadowMaterial({ opacity: about.shadow }),
);
floor.rotation.x = -Math.PI / 2;
floor.position.y = about.floor_mm;
floor.receiveShadow = true;
scene.add(floor);

const camera = new THREE.PerspectiveCamera(about.lens_deg, 1, reach * 0.1, reach * 60);
const eye = new THREE.Vector3(...about.eye), forward = new THREE.Vector3(...about.forward);
const upright = new THREE.Vector3(0, 1, 0);
const pixels = new Uint8Array(about.size * about.size * 4);
const gl = renderer.getContext();

// The studio goes round with the camera.
window.draw = (turn, colour) => {
  const at = eye.clone().sub(middle).applyAxisAngle(upright, turn).add(middle);
  camera.position.copy(at);
  camera.lookAt(at.clone().add(forward.clone().applyAxisAngle(upright, turn)));
  key.position.copy(middle).addScaledVector(towards.clone().applyAxisAngle(upright, turn), reach * 4);
  scene.environmentRotation.set(0, turn, 0);
  if (colour) materials[0].color.setRGB(...colour);
  renderer.render(scene, camera);
  gl.readPixels(0, 0, about.size, about.size, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  return pixels[0];
};
window.picture = () => renderer.domElement.toDataURL("image/png");
window.draw(0);
window.ready = true;
