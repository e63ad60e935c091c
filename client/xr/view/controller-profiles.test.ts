import { describe, expect, it } from 'vitest';
import { controllerFiles } from '../../../scripts/vite/controllers.ts';
import { CONTROLLER_PROFILES, profileOf } from './controller-profiles.ts';

describe('the profile of a controller', () => {
  it('is the most exact one of which there is a model', () => {
    expect(profileOf(['meta-quest-touch-plus', 'oculus-touch-v3', 'generic-trigger-squeeze-thumbstick'])).toBe('meta-quest-touch-plus');
    expect(profileOf(['a-new-thing', 'oculus-touch-v3', 'generic-trigger-squeeze-thumbstick'])).toBe('oculus-touch-v3');
    expect(profileOf(['generic-hand'])).toBeNull();
    expect(profileOf([])).toBeNull();
  });
});

describe('the files of controllers', () => {
  const files = controllerFiles();

  it('are a model for each hand of each profile, where its own description says it lies', () => {
    for (const profile of CONTROLLER_PROFILES) {
      for (const side of ['left', 'right']) {
        const file = files.get(`${profile}/${side}.glb`);
        expect(file?.().subarray(0, 4).toString(), `${profile} ${side}`).toBe('glTF');
      }
    }
    expect(files.size).toBe(CONTROLLER_PROFILES.length * 2);
  });
});
