import '@babylonjs/core/Engines/Extensions/engine.videoTexture';
import { Constants } from '@babylonjs/core/Engines/constants';
import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import { RawTexture } from '@babylonjs/core/Materials/Textures/rawTexture';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { PanoramaSource } from '../../app/contracts.ts';
import { Progress, download } from '../engine/download.ts';
import { WorldError } from '../errors.ts';

/** The equirectangular picture of a stand on the GPU: a still one, or the frames of a film. */
export interface PanoramaPicture {
  readonly texture: Texture;
  /** Sends the film's frame of now, if there is a new one. */
  refresh(): void;
  setPlaying(on: boolean): void;
  dispose(): void;
}

/** Wider pictures are made smaller: 4,096 x 2,048 texels are 34 MB, and 11 for each degree. */
const WIDEST = 4096;

export interface LoadOptions {
  readonly scene: Scene;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/** Pixels of a picture, no wider than the device and {@link WIDEST} allow. */
async function pixelsOf(bytes: Uint8Array, limit: number): Promise<ImageData> {
  const bitmap = await createImageBitmap(new Blob([bytes.slice()]));
  const width = Math.min(bitmap.width, limit);
  const height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('the browser gives no 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

function makeTexture(data: ArrayBufferView, size: { readonly width: number; readonly height: number }, scene: Scene): RawTexture {
  const texture = new RawTexture(data, size.width, size.height, Constants.TEXTUREFORMAT_RGBA, scene, false, false, Constants.TEXTURE_BILINEAR_SAMPLINGMODE);
  texture.name = 'panorama';
  texture.wrapU = Texture.WRAP_ADDRESSMODE;
  texture.wrapV = Texture.CLAMP_ADDRESSMODE;
  return texture;
}

async function loadStill(address: string, { scene, signal, onProgress }: LoadOptions): Promise<PanoramaPicture> {
  const bytes = await download(address, new Progress(onProgress), signal);
  try {
    const pixels = await pixelsOf(bytes, Math.min(WIDEST, scene.getEngine().getCaps().maxTextureSize));
    const texture = makeTexture(new Uint8Array(pixels.data.buffer), pixels, scene);
    return { texture, refresh: () => undefined, setPlaying: () => undefined, dispose: () => { texture.dispose(); } };
  } catch (cause) {
    throw new WorldError('download', `${address} is no picture`, { cause });
  }
}

/** Resolves when a first frame can be shown. */
function firstFrame(video: HTMLVideoElement, { signal, onProgress }: LoadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const end = (settle: () => void) => (): void => {
      listening.abort();
      settle();
    };
    const options = { signal: listening.signal };
    video.addEventListener('loadedmetadata', () => { onProgress(0.5); }, options);
    video.addEventListener('loadeddata', end(resolve), options);
    video.addEventListener('error', end(() => { reject(new WorldError('download', `Could not load ${video.src}`, { cause: video.error })); }), options);
    signal.addEventListener('abort', end(() => { reject(new WorldError('download', 'given up')); }), options);
  });
}

async function loadFilm(source: PanoramaSource, options: LoadOptions): Promise<PanoramaPicture> {
  const video = document.createElement('video');
  video.src = source.address;
  video.loop = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.volume = source.volume;
  const stop = (): void => {
    video.pause();
    video.removeAttribute('src');
    video.load();
  };
  try {
    await firstFrame(video, options);
  } catch (error) {
    stop();
    throw error;
  }
  const engine = options.scene.getEngine() as Engine;
  const texture = makeTexture(new Uint8Array(4), { width: 1, height: 1 }, options.scene);
  let shown = -1;
  const setPlaying = (on: boolean): void => {
    if (on) void video.play().catch(() => undefined);
    else video.pause();
  };
  setPlaying(source.playing);
  return {
    texture,
    refresh: () => {
      if (video.currentTime === shown || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      shown = video.currentTime;
      engine.updateVideoTexture(texture.getInternalTexture(), video, true);
    },
    setPlaying,
    dispose: () => {
      stop();
      texture.dispose();
    },
  };
}

/** @throws WorldError `download` if the file does not arrive, is no picture or film, or the signal gives it up */
export function loadPicture(source: PanoramaSource, options: LoadOptions): Promise<PanoramaPicture> {
  return source.kind === 'image' ? loadStill(source.address, options) : loadFilm(source, options);
}
