import { useTranslation } from 'react-i18next';
import { Factory, Flame, House, MountainSnow, Sun, Waves, Wind, type LucideIcon } from 'lucide-react';
import type { Story } from '#shared/contract/planner.ts';

const icons: Record<Story['id'], LucideIcon> = {
  'surplus-off-peak-solar': Sun,
  'surplus-off-peak-wind': Wind,
  'stranded-gas': Flame,
  'remote-hydro': Waves,
  'idle-industry': Factory,
  geothermal: MountainSnow,
  'gulf-solar': Sun,
};

interface Props {
  stories: readonly Story[];
  chosen: Story['id'] | undefined;
  onStory: (story: Story) => void;
  onOwn: () => void;
}

/** The ready plans, and the owner's own site as the beginning of one. */
export function StoryChoice({ stories, chosen, onStory, onOwn }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="stories">
      <legend className="visually-hidden">{t('planner.stories')}</legend>
      {stories.map((story) => {
        const Icon = icons[story.id];
        return (
          <button
            key={story.id}
            type="button"
            className="card story"
            aria-pressed={chosen === story.id}
            onClick={() => onStory(story)}
          >
            <Icon size={20} aria-hidden />
            <strong>{t(`planner.story.${story.id}`)}</strong>
            <span className="muted">{t(`planner.storyHint.${story.id}`)}</span>
          </button>
        );
      })}
      <button type="button" className="card story" aria-pressed={chosen === undefined} onClick={onOwn}>
        <House size={20} aria-hidden />
        <strong>{t('planner.own')}</strong>
        <span className="muted">{t('planner.ownHint')}</span>
      </button>
    </fieldset>
  );
}
