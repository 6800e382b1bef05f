// Validates every .glb file of a folder and prints, as JSON, the errors and warnings found in each.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import validator from "gltf-validator";

const folder = process.argv[2];
const found = {};
for (const name of readdirSync(folder).filter((file) => file.endsWith(".glb"))) {
  const report = await validator.validateBytes(new Uint8Array(readFileSync(join(folder, name))));
  found[name] = report.issues.messages
    .filter((message) => message.severity < 2)
    .map((message) => `${message.code} ${message.pointer ?? ""} ${message.message}`);
}
console.log(JSON.stringify(found));
