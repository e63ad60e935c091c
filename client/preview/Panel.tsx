import type { ComponentChildren } from 'preact';
import type { PreviewFinding } from '../../shared/scene/preview.ts';
import type { Stage } from './stage.ts';
import * as state from './state.ts';

const MEGABYTE = 1_000_000;
/** Until the author writes some: those of the design. */
const STANDARD = { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 };

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 2 : 1)} MB`;
}

function Meter(props: { readonly label: string; readonly value: number | null; readonly limit: number; readonly text: (value: number) => string }) {
  const { value, limit } = props;
  const share = value === null || limit <= 0 ? 0 : value / limit;
  const tone = share > 1 ? 'bad' : share > 0.85 ? 'warn' : 'good';
  const text = value === null ? 'not known yet' : `${props.text(value)} of ${props.text(limit)}`;
  return (
    <div class="cost">
      <span class="cost__name">{props.label}</span>
      <span class="cost__value">{text}{share > 1 && <strong> over</strong>}</span>
      <svg class={`cost__bar cost__bar--${tone}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="cost__ground" width="100" height="4" rx="1" />
        <rect width={Math.min(100, share * 100)} height="4" rx="1" />
      </svg>
    </div>
  );
}

function Section(props: { readonly id: string; readonly title: string; readonly note?: string | undefined; readonly children: ComponentChildren }) {
  return (
    <section class="section" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}{props.note !== undefined && <small> {props.note}</small>}</h2>
      {props.children}
    </section>
  );
}

/** Costs against the budgets: quick figures at once, those of the packed scene when the check is done. */
function Budget() {
  const scene = state.preview.value?.scene ?? null;
  const check = state.preview.value?.check ?? null;
  const current = check !== null && check.revision === scene?.revision ? check : null;
  const report = current?.report ?? null;
  const budgets = report?.budgets ?? state.shown.value?.venue.budgets ?? STANDARD;
  const known = report ?? (scene !== null && scene.cost.triangles > 0 ? scene.cost : null);
  const count = (value: number): string => new Intl.NumberFormat('en').format(Math.round(value));
  const stats = state.stats.value;
  const held = state.held.value;
  const note = report !== null ? 'as published' : current?.running === true ? 'packing…' : undefined;
  return (
    <Section id="budget" title="Budget" note={note}>
      <Meter label="Draw calls" value={known?.drawCalls ?? null} limit={budgets.drawCalls} text={count} />
      <Meter label="Triangles" value={known?.triangles ?? null} limit={budgets.triangles} text={count} />
      <Meter label="Texture memory" value={known?.textureBytes ?? null} limit={budgets.textureMegabytes * MEGABYTE} text={megabytes} />
      <Meter label="Download" value={report?.wireBytes ?? null} limit={budgets.wireMegabytes * MEGABYTE} text={megabytes} />
      {stats !== null && (
        <p class="quiet">In this picture: {count(stats.drawCalls)} draw calls, {count(stats.triangles)} triangles, {stats.jsMsMedian.toFixed(1)} ms of script, {stats.framesPerSecond.toFixed(0)} frames a second.</p>
      )}
      {held !== null && <p class="quiet">The graphics card holds {count(held.meshes)} meshes, {count(held.materials)} materials and {count(held.textures)} textures, those of avatars and marks included.</p>}
    </Section>
  );
}

function FindingItem({ finding }: { readonly finding: PreviewFinding }) {
  return (
    <li class={`finding finding--${finding.severity}`}>
      <span class="finding__tone">{finding.severity}</span>
      <strong class="finding__where">{finding.where}</strong>
      <span> {finding.message} </span>
      <span class="quiet">{finding.fix}</span>
    </li>
  );
}

function Findings() {
  const found = state.findings.value;
  const check = state.preview.value?.check ?? null;
  const order = ['error', 'warning', 'notice'];
  const sorted = found.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <Section id="findings" title="Findings" note={found.length > 0 ? `${found.length}` : undefined}>
      {found.length === 0
        ? <p class="quiet">{check?.running === true ? 'Checking…' : check?.report ? 'Nothing is wrong.' : 'Nothing found so far.'}</p>
        : <ul class="findings">{sorted.map((finding) => <FindingItem key={`${finding.code} ${finding.where} ${finding.message}`} finding={finding} />)}</ul>}
    </Section>
  );
}

/** Places to go to at once, with the names that visitors read. */
function Places({ stage }: { readonly stage: Stage }) {
  const files = state.shown.value;
  if (files === null) return null;
  const { layout, venue } = files;
  const name = (id: string): string => venue.names[id]?.en ?? venue.exhibits?.[id]?.title.en ?? id;
  const spots = [...layout.spawnPoints, ...layout.places, ...layout.links, ...layout.exhibits, ...layout.panoramas, ...layout.activities];
  const at = state.position.value;
  return (
    <Section id="places" title="Go to">
      <ul class="places">
        {spots.map(({ id, position, yaw }, i) => (
          <li key={`${i} ${id}`}><button type="button" class="chip" onClick={() => stage.stroll?.jump(position, yaw)}>{name(id)}</button></li>
        ))}
      </ul>
      {at !== null && <p class="quiet">You stand at x {at.x.toFixed(2)}, y {at.y.toFixed(2)}, z {at.z.toFixed(2)} m (in Blender: {at.x.toFixed(2)}, {(-at.z).toFixed(2)}, {at.y.toFixed(2)}).</p>}
    </Section>
  );
}

export function Panel({ stage }: { readonly stage: Stage }) {
  return (
    <aside class="panel" aria-label="About the scene" tabIndex={0}>
      <Findings />
      <Budget />
      <Places stage={stage} />
      <Section id="keys" title="Keys">
        <p class="quiet">W A S D or arrows walk, shift runs, drag looks, click walks there or sits, V or the wheel steps behind the avatar, 1 to 9 switch the buttons.</p>
        <label class="check"><input type="checkbox" checked={state.shortcuts.value} onChange={(event) => { state.shortcuts.value = event.currentTarget.checked; }} /> Keys work without a click into the scene</label>
      </Section>
    </aside>
  );
}
