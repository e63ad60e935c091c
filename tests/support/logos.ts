/** Pictures that people upload as logos, sound and hostile. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A disc and a bar of one colour on a see-through ground, or on `ground`. */
export async function logo(colour: string, { ground = '', width = 900, height = 400 } = {}): Promise<Buffer> {
  const paper = ground === '' ? '' : `<rect width="900" height="400" fill="${ground}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 900 400">${paper}<circle cx="200" cy="200" r="180" fill="${colour}"/><rect x="420" y="60" width="460" height="280" fill="${colour}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** A PNG of a few kilobytes that says it has `width` x `height` pixels, and does have that many rows of zeros as far as `bytes` go. */
export function pngBomb(width: number, height: number, bytes: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(bytes), { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
