import type { InCapacity, Speaker } from '../../../../shared/protocol/plenary/state.ts';
import { Flag } from '../../../ui/components/Identity.tsx';
import { capacityText } from '../texts.ts';

/** A delegation first, as in the room, then who speaks for it; with `as`, in what capacity if it is not the usual one. */
export function Named({ speaker, as }: { readonly speaker: Speaker; readonly as?: InCapacity }) {
  return (
    <span class="named">
      <span class="named__entity"><Flag country={speaker.country} /><bdi>{speaker.entity}</bdi></span>
      <span class="named__person"><bdi>{speaker.name}</bdi>{as !== undefined && as.capacity !== 'delegation' && <> · {capacityText(as, speaker.entity)}</>}</span>
    </span>
  );
}
