/** Profiles of controllers whose models our server has, of the WebXR Input Profiles Registry: Quest 1 to 3 and Pro, Pico 4, and what nearly every other controller falls back to. */
export const CONTROLLER_PROFILES: readonly string[] = [
  'oculus-touch', 'oculus-touch-v2', 'oculus-touch-v3', 'meta-quest-touch-plus', 'meta-quest-touch-plus-v2', 'meta-quest-touch-pro', 'pico-4',
  'generic-trigger-squeeze-thumbstick', 'generic-trigger',
];

/** Where they lie. */
export const CONTROLLERS = '/controllers/';

/** The first of a controller's profiles (the most exact one comes first) of which there is a model, or null. */
export function profileOf(profiles: readonly string[]): string | null {
  return profiles.find((each) => CONTROLLER_PROFILES.includes(each)) ?? null;
}
