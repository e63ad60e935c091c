/**
 * The program that makes a logo anew from its pixels: `node logo-tool.ts FILE`. It runs in a process of its own, with limits, as it is fed whatever
 * somebody uploads. Its last line is JSON: `{ width, height, webp }` (base64), or `{ fault }`.
 */
import sharp from 'sharp';
import { SPONSOR_LIMITS } from '../../shared/rules/sponsors.ts';

/** Pixels on the longer side: what a booth shows on 768 texels, and a panel on a dense screen. */
const LONGEST_SIDE = 640;
/** A lossless logo of flat colours takes a few kilobytes; what takes more is a photograph, and is kept with loss. */
const LOSSLESS_BYTES = 60_000;
/** Ground for logos made for dark paper: the venue's walls are light. */
const DARK_GROUND = '#12263f';
/** Share of the size that is added around on a ground of our own. */
const MARGIN = 0.12;
const SAMPLE = 48;
/** Alpha (of 255) up to which a pixel is a shadow's last edge. */
const BARELY_SEEN = 4;
/** Mean brightness (0 to 1) of what is seen of a logo from which it cannot be told from white paper. */
const TOO_LIGHT = 0.82;

interface Drawn {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number };
}

/** Whether a logo has a see-through ground and is itself so light that nobody would see it on paper. Luma by ITU-R BT.709. */
async function wantsDarkGround(picture: Buffer): Promise<boolean> {
  const { data } = await sharp(picture).resize(SAMPLE, SAMPLE, { fit: 'fill' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  let seen = 0;
  let light = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    seen += alpha / 255;
    light += ((0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255) * (alpha / 255);
  }
  return seen > 0 && seen < SAMPLE * SAMPLE * 0.95 && light / seen > TOO_LIGHT;
}

/** Upright, in sRGB, without what else the file carried (places, names, profiles, comments, further frames); with pixels to spare for {@link trimmed}. */
async function decode(file: string): Promise<Buffer> {
  return sharp(file, { limitInputPixels: SPONSOR_LIMITS.logoPixels, failOn: 'truncated', sequentialRead: true, pages: 1 })
    .autoOrient()
    .toColourspace('srgb')
    .resize(2 * LONGEST_SIDE, 2 * LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Cuts off what is see-through all around, so that logos stand in the middle and look equally large beside each other. */
async function trimmed(picture: Buffer): Promise<Buffer> {
  const { hasAlpha, width, height } = await sharp(picture).metadata();
  if (!hasAlpha || width < 3 || height < 3) return picture;
  // As a picture of its own: within one pipeline, sharp would trim before it takes the channel out.
  const alpha = await sharp(picture).extractChannel('alpha').png({ compressionLevel: 1 }).toBuffer();
  const { channels: [seen] } = await sharp(alpha).stats();
  if (seen === undefined || seen.max <= BARELY_SEEN) throw new Error('there is nothing to be seen');
  if (seen.min > BARELY_SEEN) return picture;
  const { info } = await sharp(alpha).trim({ background: '#000000', threshold: BARELY_SEEN }).raw().toBuffer({ resolveWithObject: true });
  const { trimOffsetLeft: left = 0, trimOffsetTop: top = 0 } = info;
  return sharp(picture).extract({ left: -left, top: -top, width: info.width, height: info.height }).png({ compressionLevel: 1 }).toBuffer();
}

async function redraw(file: string): Promise<Buffer> {
  return sharp(await trimmed(await decode(file))).resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true }).png({ compressionLevel: 1 }).toBuffer();
}

async function onGround(picture: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const margin = Math.ceil(Math.max(width, height) * MARGIN);
  return sharp(picture).flatten({ background: DARK_GROUND }).extend({ top: margin, bottom: margin, left: margin, right: margin, background: DARK_GROUND })
    .png({ compressionLevel: 1 }).toBuffer();
}

async function encode(picture: Buffer): Promise<Drawn> {
  const lossless = await sharp(picture).webp({ lossless: true, effort: 5 }).toBuffer({ resolveWithObject: true });
  return lossless.data.byteLength <= LOSSLESS_BYTES ? lossless : sharp(picture).webp({ quality: 88, alphaQuality: 95, smartSubsample: true, effort: 5 }).toBuffer({ resolveWithObject: true });
}

function faultOf(error: unknown): 'LOGO_TOO_LARGE' | 'LOGO_DAMAGED' {
  return error instanceof Error && /pixel limit|too (large|big)|exceeds/i.test(error.message) ? 'LOGO_TOO_LARGE' : 'LOGO_DAMAGED';
}

async function main(file: string): Promise<object> {
  sharp.concurrency(1);
  sharp.cache(false);
  // Three decoders of libvips and no other: not SVG, PDF, TIFF or whatever it may learn.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'] });
  try {
    const picture = await redraw(file);
    const { data, info } = await encode(await wantsDarkGround(picture) ? await onGround(picture) : picture);
    return { width: info.width, height: info.height, webp: data.toString('base64') };
  } catch (error) {
    return { fault: faultOf(error), why: error instanceof Error ? error.message : String(error) };
  }
}

const [file] = process.argv.slice(2);
if (file !== undefined) process.stdout.write(`${JSON.stringify(await main(file))}\n`);
