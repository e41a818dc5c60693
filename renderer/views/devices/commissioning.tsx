import { DirectionCheck } from './direction-check.tsx';

/** What must be proven before any load runs. */
export function Commissioning() {
  return (
    <section className="card section">
      <DirectionCheck />
    </section>
  );
}
