import { effect } from '@preact/signals';
import { settings } from '../app/settings.ts';

/**
 * Puts theme, contrast and motion on `<html>` as `data-` attributes for the style sheets. "As the system has it" needs none:
 * the style sheets ask the media queries themselves.
 */
export function followAppearanceSettings(root: HTMLElement): () => void {
  return effect(() => {
    const { theme, contrast, motion } = settings.value;
    set(root, 'theme', theme);
    set(root, 'contrast', contrast);
    set(root, 'motion', motion);
  });
}

function set(root: HTMLElement, name: string, value: string): void {
  if (value === 'system') delete root.dataset[name];
  else root.dataset[name] = value;
}
