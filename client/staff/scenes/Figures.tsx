import type { SceneFigures } from '../../../shared/protocol/staff.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { formatBytes, formatWhole } from '../format.ts';

/** What a scene costs. `packageBytes`: of the zip, if there is one. */
export function Figures({ figures, packageBytes }: { readonly figures: SceneFigures | null; readonly packageBytes?: number }) {
  const language = shownLanguage.value;
  const rows: readonly (readonly [string, string])[] = [
    ...(packageBytes === undefined ? [] : [[t('staff.figure.package'), formatBytes(packageBytes, language)] as const]),
    ...(figures === null ? [] : [
      [t('staff.figure.wire'), formatBytes(figures.wireBytes, language)] as const,
      [t('staff.figure.drawCalls'), formatWhole(figures.drawCalls, language)] as const,
      [t('staff.figure.triangles'), formatWhole(figures.triangles, language)] as const,
      [t('staff.figure.textures'), formatBytes(figures.textureBytes, language)] as const,
    ]),
  ];
  return (
    <dl class="figures">
      {rows.map(([label, value]) => <div key={label} class="figure"><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
