/** Who did not confirm, and what to do about it; nothing to say where all did. Pure. */
export function unconfirmedMessage(unconfirmed: string[] | undefined, loadsRunning: number): string | undefined {
  if (unconfirmed === undefined) {
    if (loadsRunning === 0) return undefined;
    const what = loadsRunning === 1 ? 'the running miner has' : `the ${loadsRunning} running miners have`;
    return `The engine gave no answer, so Spillway cannot tell whether ${what} stopped. Look at them, and switch off at the plug what still runs.`;
  }
  if (unconfirmed.length === 0) return undefined;
  return unconfirmed.map((name) => `${name} did not confirm. Switch it off at its plug.`).join('\n');
}
