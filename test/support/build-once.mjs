import { ensureBuilt } from '../../scripts/build.mjs';

/** Before the first test, for whoever runs Playwright without scripts/with.mjs: no test sees an old build. */
// oxlint-disable-next-line import/no-default-export -- Playwright wants it so.
export default () => void ensureBuilt();
