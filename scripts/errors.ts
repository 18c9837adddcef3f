/** `npm run docs:errors`: docs/errors.md from the catalogue in src/core/errors.ts. */
import { writeFileSync } from 'node:fs';
import { errorPage } from './error-page.ts';

writeFileSync('docs/errors.md', errorPage());
