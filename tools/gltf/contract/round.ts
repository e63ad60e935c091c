/** What is derived is rounded to the millimetre and the ten-thousandth of a radian, so that a harmless difference in an export changes nothing. */
import type { vec3 } from '@gltf-transform/core';

export function rounded(value: number): number {
  // The addition turns -0 into 0.
  return Math.round(value * 1000) / 1000 + 0;
}

export function roundedPoint([x, y, z]: vec3): [number, number, number] {
  return [rounded(x), rounded(y), rounded(z)];
}

export function roundedAngle(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}
