/**
 * Compresses the raw avatars: `node pack.mjs RAW.glb ../avatars.glb`.
 * Meshes are quantised and everything is meshopt-compressed; the result is validated, any error stops with exit code 1.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { NodeIO, Logger } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { dedup, prune, quantize, reorder, resample } from '@gltf-transform/functions';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import validator from 'gltf-validator';

const [input, output] = process.argv.slice(2);
if (!input || !output) throw new Error('usage: node pack.mjs RAW.glb OUT.glb');
await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);

const io = new NodeIO()
  .registerExtensions([EXTMeshoptCompression, KHRMeshQuantization])
  .registerDependencies({ 'meshopt.decoder': MeshoptDecoder, 'meshopt.encoder': MeshoptEncoder });
const document = await io.read(input);
document.setLogger(new Logger(Logger.Verbosity.WARN));

await document.transform(
  dedup(),
  prune({ keepAttributes: true, keepLeaves: true }),
  resample({ tolerance: 2e-4 }),
  reorder({ encoder: MeshoptEncoder, target: 'size' }),
  // Positions stay in metres (meshopt's exponential filter shrinks them): bounding boxes and bind matrices mean what they say.
  quantize({ pattern: /^(NORMAL|COLOR|WEIGHTS|JOINTS)(_\d)?$/, quantizeNormal: 10, quantizeColor: 8, quantizeWeight: 8 }),
);
document.createExtension(KHRMeshQuantization).setRequired(true);
document.createExtension(EXTMeshoptCompression).setRequired(true)
  .setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.FILTER });
await writeFile(output, await io.writeBinary(document));

const report = await validator.validateBytes(new Uint8Array(await readFile(output)));
for (const message of report.issues.messages) {
  if (message.severity < 2) process.stdout.write(`${message.severity} ${message.code} ${message.message} ${message.pointer}\n`);
}
const { numErrors: errors, numWarnings: warnings } = report.issues;
process.stdout.write(`${JSON.stringify({ bytes: (await readFile(output)).length, errors, warnings })}\n`);
if (errors > 0) process.exit(1);
