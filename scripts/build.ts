/** `npm run build`: builds the client and everything served with it into `dist/`, whether it is up to date or not. */
import { build } from './bundle/build.ts';

await build((line) => console.log(line));
