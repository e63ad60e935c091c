import { createScene } from '../starter/new.ts';
import type { Command } from './command.ts';

export const newCommand: Command = {
  name: 'new',
  summary: 'make a starter scene: a pavilion in a garden, with its Blender script',
  creates: true,
  options: { name: { type: 'string' } },
  help: [['--name TEXT', 'name of the scene, in all languages until you translate it']],
  async run(folder, values, progress) {
    const { id } = await createScene(folder, { name: typeof values['name'] === 'string' ? values['name'] : undefined, progress });
    const next = `Scene "${id}" is ready. Look at it:  npm run scene -- preview ${folder}\nChange source/build.py (or open source/build/scene.glb in your tool), export to source/build/scene.glb, and see it change.`;
    return { findings: [], text: next, facts: { id } };
  },
};
