import { families, type FamilyName, type Sample } from './families.ts';

export interface OpenMetrics {
  /** Content type. */
  type: string;
  text: string;
}

/** The samples as OpenMetrics 1.0 text, each with the label `site`. A family without a known value is left out. */
export async function openMetrics(siteId: string, samples: readonly Sample[]): Promise<OpenMetrics> {
  // Loaded when somebody asks: most sites never do.
  const { Counter, Gauge, Registry } = await import('prom-client');
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  registry.setDefaultLabels({ site: siteId });
  const known = samples.filter((sample): sample is Sample & { value: number } => Number.isFinite(sample.value));
  for (const [key, series] of Map.groupBy(known, ({ name }) => name)) {
    const labelNames = [...labelsOf(key)];
    const options = { name: key, help: families[key].help, labelNames, registers: [registry] };
    if (key.endsWith('_total')) {
      const counter = new Counter(options);
      for (const { labels = {}, value } of series) counter.inc(labels, value);
    } else {
      const gauge = new Gauge(options);
      for (const { labels = {}, value } of series) gauge.set(labels, value);
    }
  }
  return { type: registry.contentType, text: await registry.metrics() };
}

const labelsOf = (name: FamilyName): readonly string[] => {
  const family = families[name];
  return 'labels' in family ? family.labels : [];
};
