import { describe, expect, it } from 'vitest';
import { isSoftware } from './software.ts';

describe('what draws with the processor', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'llvmpipe (LLVM 15.0.6, 256 bits)', 'softpipe',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)', 'Apple Software Renderer',
  ])('is known by its name: %s', (name) => expect(isSoftware(name)).toBe(true));

  it.each(['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', 'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', 'Adreno (TM) 640', 'Mali-G78', 'WebKit WebGL', 'NVIDIA GeForce GTX 980, or similar'])(
    'is not a graphics card: %s', (name) => expect(isSoftware(name)).toBe(false));
});
