import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import type { Hearing } from '../../hearing/hearing.ts';
import { isRuled } from '../audience.ts';
import type { Directory } from '../directory.ts';
import type { Person } from '../person.ts';

export interface VoicesDeps {
  readonly hearing: Pick<Hearing, 'setRuled' | 'switched' | 'planNow'>;
  readonly directory: Pick<Directory, 'touch'>;
}

/** Keeps what is heard in step with who is in which talk, whispers, and guides: what is for others no more ends in the same call. */
export class Voices {
  private readonly deps: VoicesDeps;

  constructor(deps: VoicesDeps) {
    this.deps = deps;
  }

  /** The person hears others, or is heard by others, than before. */
  changed(person: Person): void {
    this.deps.hearing.setRuled(person, isRuled(person));
  }

  /**
   * As {@link changed}, and nobody else gets what was meant for those before: the microphone is muted. `why`: what the person is told, or null if they know.
   */
  heardByOthers(person: Person, why: ServerMessages['muted']['why'] | null): void {
    if (person.mic === 'live') {
      person.mic = 'muted';
      this.deps.hearing.switched(person);
      this.deps.directory.touch(person);
      if (why !== null) person.presence?.connection.send('muted', { why });
    }
    this.changed(person);
  }

  /** What may now be heard among these begins at once. */
  begin(people: Iterable<Person>): void {
    for (const person of people) this.deps.hearing.planNow(person);
  }
}
