import { effect, untracked } from '@preact/signals';
import type { ClientMessage, ServerMessages } from '../../../shared/protocol/messages.ts';
import type { PoseBook, Sight, Walker } from '../contracts.ts';
import { store, tour } from '../store.ts';
import { toast } from '../toasts.ts';
import { aimAt, pointOfSight } from './aim.ts';
import { LOOK_MS } from './contract.ts';
import type { Follower } from './follower.ts';

/** Twelve a second is what the server takes. */
const POINT_MS = 120;

export interface TouringDeps {
  readonly send: (message: ClientMessage<'tour'>) => void;
  readonly point: (at: ClientMessage<'point'>['at']) => void;
  readonly walker: () => Walker;
  readonly poses: PoseBook;
  /** Whom I hear wherever they are, or null. */
  readonly hearAnywhere: (guide: string | null) => void;
}

/** My part in guided tours, as the server tells of it: invitations, following, what is pointed at. One for the time in the venue. */
export class Touring {
  private readonly deps: TouringDeps;
  private readonly stopWatching: () => void;
  private follower: Follower | null = null;
  private followed: Walker | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private guide = '';
  /** I know, or was told, why I am on no tour any more. */
  private parted = false;
  private pointed: ServerMessages['pointed'] | null = null;
  private pointedAt = -Infinity;

  constructor(deps: TouringDeps) {
    this.deps = deps;
    const stops = [
      effect(() => {
        const guide = tour.value?.guide ?? '';
        untracked(() => this.changed(guide));
      }),
      effect(() => {
        // Nobody is walked out of a 360-degree stand that they look at; they catch up afterwards.
        const follows = store.following.value && store.journey.value === null && store.panorama.value === null;
        untracked(() => this.run(follows));
      }),
      // What is pointed at in a scene shows when it is there.
      effect(() => {
        const { scene } = store;
        if (scene.value !== null) untracked(() => this.show());
      }),
    ];
    this.stopWatching = () => { for (const stop of stops) stop(); };
  }

  /** All people, as a new connection is told: it does not know what I decided on the old one. */
  snapshot(): void {
    if (this.guide !== '' && this.guide !== store.myId.peek()) this.deps.send({ kind: 'follow', on: store.following.peek() });
  }

  invited({ guide }: ServerMessages['tourInvitation']): void {
    if (tour.peek()?.guide === guide) return;
    store.tourInvitations.value = [...store.tourInvitations.peek().filter((id) => id !== guide), guide];
  }

  news(news: ServerMessages['tourNews']): void {
    if (news.kind === 'invited') {
      toast(news.count === 0 ? 'toast.tour.nobody' : 'toast.tour.invited', 'info', { people: news.count });
      return;
    }
    const who = news.kind === 'declined' ? news.person : news.guide;
    const name = store.names.get(who);
    if (news.kind === 'over') {
      this.drop(who);
      this.parted = true;
    }
    // Whoever blocks their guide has ended it themselves.
    if (name === undefined || store.blocked.peek().has(who)) return;
    if (news.kind === 'declined') toast('toast.tour.declined', 'info', { name });
    else if (news.why === 'ended') toast('toast.tour.ended', 'info', { name });
    else if (news.why === 'gone') toast('toast.tour.gone', 'warning', { name });
    else toast('toast.tour.dismissed', 'warning', { name });
  }

  aimed(message: ServerMessages['pointed']): void {
    this.pointed = message;
    this.show();
  }

  /** Takes an invitation, or joins a tour unasked. */
  join(guide: string): void {
    this.drop(guide);
    this.deps.send({ kind: 'join', guide });
  }

  decline(guide: string): void {
    this.drop(guide);
    this.deps.send({ kind: 'decline', guide });
  }

  /** I leave the tour, or end my own. */
  part(how: 'leave' | 'end'): void {
    this.parted = true;
    this.deps.send({ kind: how });
  }

  follow(on: boolean): void {
    if (store.following.peek() === on) return;
    store.following.value = on;
    this.deps.send({ kind: 'follow', on });
  }

  /** I went somewhere by myself: a jump, a link of my own. */
  strayed(): void {
    if (this.guide !== '' && this.guide !== store.myId.peek()) this.follow(false);
  }

  pointAt(at: { readonly x: number; readonly y: number; readonly z: number } | null): void {
    const now = performance.now();
    if (at !== null && now - this.pointedAt < POINT_MS) return;
    this.pointedAt = now;
    this.deps.point(at === null ? null : [at.x, at.y, at.z]);
  }

  pointAtSight(sight: Sight): void {
    const layout = store.scene.peek()?.layout;
    const at = layout === undefined ? null : pointOfSight(layout, sight);
    if (at !== null) this.pointAt(at);
  }

  /** The venue is left. */
  close(): void {
    this.stopWatching();
    this.run(false);
    store.tourInvitations.value = [];
    store.following.value = false;
    store.aim.value = null;
    store.aiming.value = false;
  }

  /** I belong to another tour than before, or to none. */
  private changed(guide: string): void {
    if (guide === this.guide) return;
    // A restart of the server ends all tours without a word.
    if (guide === '' && !this.parted) toast('toast.tour.lost', 'warning');
    this.parted = false;
    this.guide = guide;
    const led = guide !== '' && guide !== store.myId.peek();
    this.drop(guide);
    this.deps.hearAnywhere(led ? guide : null);
    store.following.value = led;
    store.aiming.value = false;
    this.show();
  }

  private drop(guide: string): void {
    const invitations = store.tourInvitations.peek();
    if (invitations.includes(guide)) store.tourInvitations.value = invitations.filter((id) => id !== guide);
  }

  /** Shows what the guide of my tour points at in the scene that I see. */
  private show(): void {
    const { pointed } = this;
    const scene = store.scene.peek();
    if (pointed === null || pointed.at === null || pointed.by !== this.guide || scene === null || scene.id !== pointed.scene) {
      if (store.aim.peek() !== null) store.aim.value = null;
      return;
    }
    const [x, y, z] = pointed.at;
    store.aim.value = aimAt({ x, y, z }, pointed.by, scene.layout, this.deps.walker().pose);
  }

  private run(on: boolean): void {
    if (!on) {
      if (this.timer !== null) clearInterval(this.timer);
      this.timer = null;
      this.follower?.stop();
      this.follower = null;
      return;
    }
    this.timer ??= setInterval(() => void this.step(), LOOK_MS);
  }

  private async step(): Promise<void> {
    const walker = this.deps.walker();
    if (this.follower === null || this.followed !== walker) {
      const { Follower } = await import('./follower.ts').catch(() => ({ Follower: null }));
      if (Follower === null || this.timer === null || this.followed === walker && this.follower !== null) return;
      this.followed = walker;
      this.follower = new Follower({
        walker, poses: this.deps.poses, guide: this.guide,
        rank: () => Math.max(0, tour.peek()?.members.findIndex(({ id }) => id === store.myId.peek()) ?? 0),
        onOwnWay: () => this.follow(false),
      });
    }
    this.follower.look();
  }
}
