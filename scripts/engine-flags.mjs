// Node keeps up to 48 MB of short-lived objects and lets the heap grow to a quarter of the machine before it tidies up;
// the engine runs for years beside other things, so it tidies sooner. Measured by `npm run bench:engine`.
export const engineFlags = ['--max-semi-space-size=4', '--max-old-space-size=160'];
