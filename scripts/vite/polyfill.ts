import type { Plugin } from 'vite';

const MODULE = /\/webxr-polyfill\/build\/webxr-polyfill\.module\.js$/;
const SETS_STYLE = /([\w$.]+)\.setAttribute\('style', /g;

/**
 * The WebXR polyfill sizes its full screen by `style` attributes, which the content security policy forbids. The same, told through the CSSOM, is allowed.
 * Fails if a new edition of the polyfill does it in another way.
 */
export function polyfillStyles(): Plugin {
  return {
    name: 'plenum-polyfill-styles',
    transform(code, id) {
      if (!MODULE.test(id)) return null;
      const changed = code.replaceAll(SETS_STYLE, 'plenumStyle($1, ');
      if (changed === code || /setAttribute\(["'`]style/.test(changed)) this.error('webxr-polyfill sets styles in another way than expected');
      return { code: `${changed}\nfunction plenumStyle(element, text) { element.style.cssText = text; }\n`, map: null };
    },
  };
}
