import { runHeadless } from './run-headless.ts';

await runHeadless(process.argv.slice(2), import.meta.url);
