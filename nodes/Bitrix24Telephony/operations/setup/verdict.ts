import type { Finding } from './findings';

/** A finding as it is shown: advice before detail, because the output panel shows the first columns only. */
export interface Judged extends Finding {
	/** Where in Bitrix24 to look; left out where there is no such place. */
	LINK?: string;
}

const ORDER: Finding['RESULT'][] = ['problem', 'warning', 'ok'];

/**
 * Puts one line with the verdict before all findings, then what is wrong, then the rest.
 *
 * @param portal address of the portal
 */
export function judged(findings: readonly Finding[], portal: string): Judged[] {
	const sorted = ORDER.flatMap((result) => findings.filter(({ RESULT }) => RESULT === result));
	return [verdict(sorted), ...sorted].map(({ CHECK, RESULT, DETAIL, ADVICE }) => ({
		CHECK,
		RESULT,
		ADVICE,
		DETAIL,
		...linkOf(CHECK, portal),
	}));
}

/** @param sorted the worst first */
function verdict(sorted: readonly Finding[]): Finding {
	const of = (result: Finding['RESULT']): Finding[] => sorted.filter(({ RESULT }) => RESULT === result);
	const [problems, warnings] = [of('problem'), of('warning')];
	const [first] = sorted;
	const advice = !first || first.RESULT === 'ok' ? 'Nothing to do' : `Begin with ${first.CHECK}, the next line`;
	const RESULT = first?.RESULT ?? 'ok';
	const detail = problems.length > 0 ? counted(problems, 'problem') : readiness(sorted);
	return {
		CHECK: 'Verdict',
		RESULT,
		DETAIL: [detail, ...(warnings.length > 0 ? [counted(warnings, 'warning')] : [])].join('; '),
		ADVICE: advice,
	};
}

/** “2 problems: Application, Click-to-Call”. A handler that is there twice is named once. */
function counted(findings: readonly Finding[], word: string): string {
	const names = [...new Set(findings.map(({ CHECK }) => CHECK))];
	return `${findings.length} ${word}${findings.length === 1 ? '' : 's'}: ${names.join(', ')}`;
}

/** What can be said when nothing is wrong. Only a test event that arrived proves that clicks do. */
function readiness(findings: readonly Finding[]): string {
	const results = (name: string): string[] =>
		findings.filter(({ CHECK }) => CHECK === name).map(({ RESULT }) => RESULT);
	if (results('Click-to-Call')[0] !== 'ok') return 'Clicks on phone numbers start nothing here';
	const delivered = [...results('Delivery'), ...results('Queue')];
	return delivered.length > 0 && delivered.every((result) => result === 'ok')
		? 'Ready: clicks on phone numbers reach this n8n'
		: 'Ready, as far as it was checked: whether Bitrix24 reaches this n8n was not';
}

/**
 * The page of telephony is the one that Bitrix24’s documentation of voximplant.url.get names; it has not been seen on a
 * live portal. Where the settings of an application stand is known as a way through the menu only, so the link is the
 * portal.
 */
function linkOf(check: string, portal: string): Pick<Judged, 'LINK'> {
	if (['Click-to-Call', 'Lines'].includes(check)) return { LINK: `${portal}/telephony/lines.php` };
	return /^(Application|Connected Employee|Permission )/.test(check) ? { LINK: `${portal}/` } : {};
}
