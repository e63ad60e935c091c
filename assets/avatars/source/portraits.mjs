/** Turns the rendered PNGs into small WebP portraits: `node portraits.mjs PNG_FOLDER ../portraits`. */
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';

const LIMIT = 12 * 1024;
const [from, to] = process.argv.slice(2);
if (!from || !to) throw new Error('usage: node portraits.mjs PNG_FOLDER WEBP_FOLDER');
await mkdir(to, { recursive: true });
for (const file of (await readdir(from)).filter((name) => name.endsWith('.png'))) {
  const out = join(to, `${basename(file, '.png')}.webp`);
  const { size } = await sharp(join(from, file)).resize(256, 256).webp({ quality: 82, alphaQuality: 90 }).toFile(out);
  if (size > LIMIT) throw new Error(`${out} is ${size} bytes, more than ${LIMIT}`);
  process.stdout.write(`${out} ${size}\n`);
}
