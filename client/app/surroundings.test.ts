import { describe, expect, it } from 'vitest';
import { clockDirection } from './surroundings.ts';

describe('clock direction', () => {
  it('is 12 ahead, 3 to the right, 6 behind, 9 to the left, whatever the look', () => {
    for (const yaw of [0, 1, -2, Math.PI]) {
      const ahead = [Math.sin(yaw), Math.cos(yaw)] as const;
      const right = [-Math.cos(yaw), Math.sin(yaw)] as const;
      expect(clockDirection(ahead[0], ahead[1], yaw)).toBe(12);
      expect(clockDirection(right[0], right[1], yaw)).toBe(3);
      expect(clockDirection(-ahead[0], -ahead[1], yaw)).toBe(6);
      expect(clockDirection(-right[0], -right[1], yaw)).toBe(9);
      expect(clockDirection(ahead[0] + right[0] * Math.tan(Math.PI / 6), ahead[1] + right[1] * Math.tan(Math.PI / 6), yaw)).toBe(1);
    }
  });
});
