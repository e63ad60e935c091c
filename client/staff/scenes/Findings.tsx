import type { SceneFinding, UploadReport } from '../../../shared/protocol/staff.ts';
import { Icon } from '../../ui/icons.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';

const SEVERITY: Readonly<Record<SceneFinding['severity'], PlainKey>> = {
  error: 'staff.findings.error', warning: 'staff.findings.warning', notice: 'staff.findings.notice',
};

/** One finding in the words of the authors' tool, which are English whatever the page is in. */
function FindingRow({ finding }: { readonly finding: SceneFinding }) {
  const { severity, where, message, fix } = finding;
  return (
    <li class={`finding finding--${severity}`}>
      <p class="finding__head">
        <Icon name={severity === 'notice' ? 'info' : 'warning'} />
        <span class="finding__severity">{t(SEVERITY[severity])}</span>
        <code class="finding__where" dir="ltr">{where}</code>
      </p>
      <p lang="en" dir="ltr">{message}</p>
      <p lang="en" dir="ltr" class="finding__fix">{fix}</p>
    </li>
  );
}

/** Why a package was refused, in the reader's language. */
export function FaultNote({ fault }: { readonly fault: NonNullable<UploadReport['fault']> }) {
  return (
    <div class="note note--warning">
      <Icon name="warning" />
      <p>{fault.where !== '' && <><code dir="ltr">{fault.where}</code><br /></>}{t(`staff.fault.${fault.code}`)}</p>
    </div>
  );
}

/** What the check found. Unfolded where it keeps the scene from being published. */
export function Findings({ report }: { readonly report: UploadReport }) {
  if (report.fault !== null) return <FaultNote fault={report.fault} />;
  if (report.findings.length === 0) return <p class="fine-print">{t('staff.findings.none')}</p>;
  const more = report.errors + report.warnings - report.findings.filter(({ severity }) => severity !== 'notice').length;
  return (
    <details class="findings" open={report.errors > 0}>
      <summary class="findings__summary">
        <Icon name="chevron" class="findings__chevron" />
        <span>{t('staff.findings.title')} <span class="findings__count">{t('staff.findings.count', { errors: report.errors, warnings: report.warnings })}</span></span>
      </summary>
      {shownLanguage.value !== 'en' && <p class="fine-print">{t('staff.findings.english')}</p>}
      <ul class="plain-list findings__list">{report.findings.map((finding, index) => <FindingRow key={index} finding={finding} />)}</ul>
      {more > 0 && <p class="fine-print">{t('staff.findings.more', { number: more })}</p>}
    </details>
  );
}
