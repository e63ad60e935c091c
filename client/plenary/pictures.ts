/** Pictures of a session: one's own camera and screen while they are to be seen, and those of the stage. Who is seen follows from the floor, and is the server's word. */
import { effect, signal } from '@preact/signals';
import type { PlenaryClientMessage, PlenaryClientMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { STAGE_PLACES } from '../../shared/protocol/plenary/vocabulary.ts';
import type { PictureLine, ShowingLine, StagePlace } from '../../shared/protocol/plenary/vocabulary.ts';
import { ScreenLink } from '../screen/screen-link.ts';
import { CAMERA, CameraPublication } from '../video/publish.ts';
import { PictureWatch } from '../video/watch.ts';
import type { ViewSize } from '../video/watch.ts';
import type { Pictures, PlenaryImages, PlenaryStore } from './contract.ts';
import { preferences } from './preferences.ts';
import { NO_PICTURES } from './store.ts';

type Stage = PlenaryServerMessages['stage'];

export const NOBODY_SEEN: Stage = { floor: null, podium: null, screen: null, sign: null };
const SHOWN_AS: Readonly<Record<StagePlace, keyof Pictures>> = { floor: 'speaker', podium: 'chair', screen: 'screen', sign: 'sign' };
/** From this width on, a sign-language window has use for the large picture. */
const LARGE_SIGN = 3;

export interface PicturesDeps {
  readonly store: PlenaryStore;
  readonly iceServers: () => readonly RTCIceServer[];
  readonly send: <K extends PlenaryClientMessageName>(name: K, message: PlenaryClientMessage<K>) => void;
}

export class PlenaryPictures implements PlenaryImages {
  readonly camera = signal<PlenaryImages['camera']['value']>('off');
  readonly sharing = signal(false);
  private readonly deps: PicturesDeps;
  private stage: Stage = NOBODY_SEEN;
  private sign = false;
  private mine: MediaStream | null = null;
  private screen: MediaStream | null = null;
  private publication: CameraPublication | null = null;
  private screenLink: ScreenLink | null = null;
  private readonly watches = new Map<StagePlace, PictureWatch>();
  private readonly stopSizes: () => void;

  constructor(deps: PicturesDeps) {
    this.deps = deps;
    document.addEventListener('visibilitychange', this.resize);
    this.stopSizes = effect(() => {
      void preferences.value.signWidth;
      this.resize();
    });
  }

  async setCamera(on: boolean, sign: boolean): Promise<void> {
    if (!on) {
      this.loseCamera('off');
      return;
    }
    if (this.camera.peek() === 'asking') return;
    this.camera.value = 'asking';
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: CAMERA });
      stream.getVideoTracks()[0]?.addEventListener('ended', () => { if (this.mine === stream) this.loseCamera('failed'); });
      this.mine = stream;
      this.sign = sign;
      this.camera.value = 'on';
      this.deps.send('camera', { on: true, sign });
      this.apply();
    } catch {
      // Refused, in use, or not there: one is heard all the same.
      this.camera.value = 'failed';
    }
  }

  async setScreen(on: boolean): Promise<void> {
    if (!on) {
      this.loseScreen();
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
      stream.getVideoTracks()[0]?.addEventListener('ended', () => { if (this.screen === stream) this.loseScreen(); });
      this.screen = stream;
      this.sharing.value = true;
      this.deps.send('screen', { on: true });
    } catch {
      // Thought better of it in the browser's question.
      this.sharing.value = false;
    }
  }

  /** On a new line the server knows nothing of what one shows and watches. */
  introduce(): void {
    this.dropLines();
    this.stage = NOBODY_SEEN;
    this.apply();
    if (this.mine !== null) this.deps.send('camera', { on: true, sign: this.sign });
    if (this.screen !== null) this.deps.send('screen', { on: true });
  }

  seen(stage: Stage): void {
    this.stage = stage;
    const me = this.deps.store.me.peek()?.person;
    // Another screen took the place of mine, or the leave was withdrawn.
    if (this.screen !== null && this.screenLink !== null && stage.screen !== me) this.loseScreen();
    this.apply();
  }

  answer({ line, sdp }: PlenaryServerMessages['pictureAnswer']): void {
    this.onLine(line, { camera: (publication, layer) => { publication.answer(layer, sdp); }, other: (link) => { link.answer(sdp); } });
  }

  reset(line: PictureLine): void {
    this.onLine(line, { camera: (publication, layer) => { publication.reset(layer); }, other: (link) => { link.reset(); } });
  }

  wanted(line: ShowingLine, wanted: boolean): void {
    if (line === 'screen') this.screenLink?.setActive(wanted);
    else this.publication?.setWanted(line === 'camera/high' ? 'high' : 'low', wanted);
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.resize);
    this.stopSizes();
    this.dropLines();
    for (const stream of [this.mine, this.screen]) for (const track of stream?.getTracks() ?? []) track.stop();
    this.mine = null;
    this.screen = null;
    this.camera.value = 'off';
    this.sharing.value = false;
    this.deps.store.pictures.value = NO_PICTURES;
  }

  private onLine(line: PictureLine, to: { camera: (publication: CameraPublication, layer: 'high' | 'low') => void; other: (link: ScreenLink | PictureWatch) => void }): void {
    if (line === 'camera/high' || line === 'camera/low') {
      if (this.publication !== null) to.camera(this.publication, line === 'camera/high' ? 'high' : 'low');
      return;
    }
    const link = line === 'screen' ? this.screenLink : this.watches.get(line.slice('watch/'.length) as StagePlace);
    if (link !== null && link !== undefined) to.other(link);
  }

  /** Brings connections and views in line with what is to be seen. */
  private apply(): void {
    const me = this.deps.store.me.peek()?.person ?? '';
    const { floor, podium, sign, screen } = this.stage;
    this.publish(this.mine !== null && [floor, podium, sign].includes(me));
    this.share(this.screen !== null && screen === me);
    for (const place of STAGE_PLACES) {
      const who = this.stage[place];
      if (who === null || who === me) this.unwatch(place, who === me ? (place === 'screen' ? this.screen : this.mine) : null);
      else this.watch(place);
    }
    this.resize();
  }

  private publish(on: boolean): void {
    const track = this.mine?.getVideoTracks()[0];
    if (on && track !== undefined && this.publication === null) {
      this.publication = new CameraPublication(track, { iceServers: this.deps.iceServers(), offer: (layer, sdp) => { this.deps.send('pictureOffer', { line: `camera/${layer}`, sdp }); }, onState: () => undefined });
    } else if (!on && this.publication !== null) {
      this.publication.close();
      this.publication = null;
      for (const line of ['camera/high', 'camera/low'] as const) this.deps.send('pictureLeave', { line });
    }
  }

  private share(on: boolean): void {
    const track = this.screen?.getVideoTracks()[0];
    if (on && track !== undefined && this.screenLink === null) {
      this.screenLink = new ScreenLink({ iceServers: this.deps.iceServers(), track, offer: (sdp) => { this.deps.send('pictureOffer', { line: 'screen', sdp }); }, onState: () => undefined, onPicture: () => undefined });
    } else if (!on) {
      this.screenLink?.close();
      this.screenLink = null;
    }
  }

  private watch(place: StagePlace): void {
    if (this.watches.has(place)) return;
    this.watches.set(place, new PictureWatch({
      iceServers: this.deps.iceServers(),
      moves: place !== 'screen',
      offer: (sdp) => { this.deps.send('pictureOffer', { line: `watch/${place}`, sdp }); },
      size: (size) => { this.deps.send('pictureSize', { place, size }); },
      onState: () => undefined,
      onPicture: (picture) => { this.show(place, picture); },
    }));
  }

  /** Nobody is to be seen there, or it is me. */
  private unwatch(place: StagePlace, instead: MediaStream | null): void {
    const watch = this.watches.get(place);
    if (watch !== undefined) {
      watch.close();
      this.watches.delete(place);
      this.deps.send('pictureLeave', { line: `watch/${place}` });
    }
    this.show(place, instead);
  }

  private show(place: StagePlace, picture: MediaStream | null): void {
    const { pictures } = this.deps.store;
    if (pictures.peek()[SHOWN_AS[place]] !== picture) pictures.value = { ...pictures.peek(), [SHOWN_AS[place]]: picture };
  }

  private sizeOf(place: StagePlace): ViewSize {
    if (document.hidden) return 'none';
    if (place === 'screen') return 'high';
    if (place === 'floor') return this.stage.screen === null ? 'high' : 'low';
    return place === 'sign' && preferences.peek().signWidth >= LARGE_SIGN ? 'high' : 'low';
  }

  private readonly resize = (): void => {
    for (const [place, watch] of this.watches) watch.setSize(this.sizeOf(place));
  };

  private dropLines(): void {
    this.publication?.close();
    this.publication = null;
    this.screenLink?.close();
    this.screenLink = null;
    for (const watch of this.watches.values()) watch.close();
    this.watches.clear();
  }

  private loseCamera(state: 'off' | 'failed'): void {
    for (const track of this.mine?.getTracks() ?? []) track.stop();
    this.mine = null;
    this.camera.value = state;
    this.deps.send('camera', { on: false, sign: false });
    this.apply();
  }

  private loseScreen(): void {
    for (const track of this.screen?.getTracks() ?? []) track.stop();
    this.screen = null;
    this.sharing.value = false;
    this.deps.send('screen', { on: false });
    this.share(false);
    this.apply();
  }
}
