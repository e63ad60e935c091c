/** Volume 0..2 of each person, by opaque id, kept on this device. */
const KEY = 'plenum.volumes';

function read(): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, volume]) => typeof volume === 'number' && volume >= 0 && volume <= 2));
  } catch {
    return {};
  }
}

const volumes = read();

/** 1 unless it was changed. */
export function volumeOf(person: string): number {
  return volumes[person] ?? 1;
}

export function setVolume(person: string, volume: number): void {
  volumes[person] = Math.min(2, Math.max(0, volume));
  if (volumes[person] === 1) Reflect.deleteProperty(volumes, person);
  try {
    localStorage.setItem(KEY, JSON.stringify(volumes));
  } catch {
    // Holds for this page all the same.
  }
}
