import { describe, expect, it } from 'vitest';
import { PanoramaLook } from './panorama-look.ts';

describe('the look within a 360-degree picture', () => {
  it('goes all around, and never over the top', () => {
    const look = new PanoramaLook(0);
    for (let i = 0; i < 100; i += 1) look.turn(0.3, 0.3);
    expect(Math.abs(look.yaw)).toBeLessThan(2 * Math.PI);
    expect(look.pitch).toBeLessThan(Math.PI / 2);
    for (let i = 0; i < 100; i += 1) look.turn(0, -0.3);
    expect(look.pitch).toBeGreaterThan(-Math.PI / 2);
  });

  it('turns less when it is zoomed in, and zooms within limits', () => {
    const look = new PanoramaLook(0);
    look.turn(0.1, 0);
    const wide = look.yaw;
    for (let i = 0; i < 50; i += 1) look.zoom(-1);
    const narrowest = look.field;
    look.zoom(-1);
    expect(look.field).toBe(narrowest);
    look.turn(0.1, 0);
    expect(look.yaw - wide).toBeLessThan(wide / 2);
    for (let i = 0; i < 50; i += 1) look.zoom(1);
    expect(look.field).toBeLessThan(Math.PI / 1.8);
  });

  it('follows held keys at the same pace whatever the frame rate: right turns right, forward looks up', () => {
    const quick = new PanoramaLook(1);
    const slow = new PanoramaLook(1);
    for (const look of [quick, slow]) look.wish(1, 1);
    for (let i = 0; i < 60; i += 1) quick.advance(1 / 60);
    for (let i = 0; i < 5; i += 1) slow.advance(1 / 5);
    expect(quick.yaw).toBeCloseTo(slow.yaw, 9);
    expect(quick.yaw).toBeLessThan(1);
    expect(quick.pitch).toBeGreaterThan(0);
    quick.wish(0, 0);
    const { yaw } = quick;
    quick.advance(1);
    expect(quick.yaw).toBe(yaw);
  });
});
