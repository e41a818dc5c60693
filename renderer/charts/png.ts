import { colourOf } from './colours.ts';
import { canvasPattern } from './patterns.ts';
import { seriesLooks, type SeriesId } from './series.ts';

const seriesNames = Object.keys(seriesLooks) as SeriesId[];

const HEAD_PX = 44;
const FOOT_PX = 40;
const SIDE_PX = 24;

/** The chart on the screen with its title and legend, at two pixels a pixel. */
export async function chartPng(title: string): Promise<Blob | undefined> {
  const chart = document.querySelector<HTMLCanvasElement>('main canvas');
  if (!chart) return undefined;
  const { width, height } = chart.getBoundingClientRect();
  const picture = document.createElement('canvas');
  picture.width = 2 * (width + 2 * SIDE_PX);
  picture.height = 2 * (height + HEAD_PX + FOOT_PX);
  const context = picture.getContext('2d');
  if (!context) return undefined;
  const { fontFamily } = getComputedStyle(document.body);
  context.scale(2, 2);
  context.fillStyle = colourOf('--card');
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = colourOf('--text');
  context.font = `600 16px ${fontFamily}`;
  context.fillText(title, SIDE_PX, 28);
  context.drawImage(chart, SIDE_PX, HEAD_PX, width, height);
  context.font = `13px ${fontFamily}`;
  let x = SIDE_PX;
  for (const item of document.querySelectorAll<HTMLElement>('main .legend li')) {
    const series = seriesNames.find((each) => each === item.dataset['series']);
    const colour = colourOf(series ? seriesLooks[series].colour : '--text');
    context.fillStyle = series ? canvasPattern(seriesLooks[series].pattern, colour, 2) : colour;
    context.strokeStyle = colour;
    context.fillRect(x, HEAD_PX + height + 12, 12, 12);
    context.strokeRect(x, HEAD_PX + height + 12, 12, 12);
    context.fillStyle = colourOf('--text');
    context.fillText(item.textContent ?? '', x + 18, HEAD_PX + height + 23);
    x += 18 + context.measureText(item.textContent ?? '').width + 20;
  }
  return new Promise((resolve) => picture.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}
