import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MarketSnapshot } from '#shared/market.ts';
import { useStream } from '../../../link/use-engine.ts';
import { useAsk } from '../../../shell/ask.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { numberOf, textOf } from '../../earnings/numbers.ts';

/** Price and difficulty as the owner knows them, for who asks nobody. */
export function TypedPrice({ snapshot, currency }: { snapshot: MarketSnapshot; currency: string }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const nowMs = useStream('status')?.nowMs ?? 0;
  const [price, setPrice] = useState('');
  const [difficulty, setDifficulty] = useState(textOf(snapshot.difficulty));
  const [height, setHeight] = useState(textOf(snapshot.height));
  const [perBitcoin, work, block] = [price, difficulty, height].map(numberOf);
  const ready = (perBitcoin ?? 0) > 0 && (work ?? 0) > 0 && Number.isInteger(block);
  async function enter() {
    if (perBitcoin === undefined || work === undefined || block === undefined) return;
    const { pricesAtMs: _, ...rest } = snapshot;
    const prices = { ...snapshot.prices, [currency]: perBitcoin };
    const typed = { ...rest, atMs: nowMs, source: t('lots.byHand'), difficulty: work, height: block, prices };
    if (await ask((engine) => engine.market.enter(typed))) setPrice('');
  }
  return (
    <details className="entry">
      <summary>{t('prices.typed')}</summary>
      <form
        className="entry-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void enter();
        }}
      >
        <TextField
          label={t('lots.perBitcoin', { currency })}
          type="number"
          value={price}
          required
          onChange={setPrice}
        />
        <TextField label={t('prices.difficulty')} type="number" value={difficulty} onChange={setDifficulty} />
        <TextField label={t('prices.block')} type="number" value={height} onChange={setHeight} />
        <button type="submit" className="button primary" disabled={!ready}>
          {t('books.save')}
        </button>
      </form>
    </details>
  );
}
