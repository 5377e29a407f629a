import { directory, isSilence, lastDirectory, type Directory } from '../../../bitrix24/directory';
import { toId } from '../../../bitrix24/decode';
import type { Employee } from '../../../bitrix24/methods/employees';
import { ask, askEach, type Call, type Conversation } from '../../../bitrix24/plan';
import { isSameNumber } from '../../../bitrix24/numbers';
import type { Refusal } from '../shown';
import { employeeLabel, findEmployee, noSuchEmployee, type EmployeeChoice, type KnownEmployee } from './employee';

/** Milliseconds for which the list of employees is not asked for again. Who is not on it is asked for at once. */
const FRESH = 5 * 60_000;

/** Where a profile has phones, the surest first: a work phone may be the switchboard of many. */
const PHONES = ['PERSONAL_MOBILE', 'WORK_PHONE', 'PERSONAL_PHONE'] as const;

/**
 * Finds employees. Those who are named by id or extension are asked for together.
 *
 * @returns a list for each choice, in order: of nobody, of one, or of several who share a phone. While the portal does
 *   not answer, those whom this process knew last, with a hint that tells how old that is. Fails when it remembers
 *   nobody, unless the search comes besides other work: its failure is a warning then.
 */
export function* employeesFound(choices: readonly EmployeeChoice[], isExtra = false): Conversation<Employee[][]> {
	const known = choices.filter((one): one is KnownEmployee => !('phone' in one));
	const found = yield* knownFound(known, isExtra);
	const all: Employee[][] = [];
	for (const one of choices)
		all.push('phone' in one ? yield* byPhone(one.phone, isExtra) : (found[known.indexOf(one)] ?? []));
	return all;
}

/** The employee, or why there is none: nobody, or several with one phone. */
export function* employeeFound(choice: EmployeeChoice, isExtra = false): Conversation<{ found: Employee } | Refusal> {
	const [rows = []] = yield* employeesFound([choice], isExtra);
	const [found, another] = rows;
	if (!found) return noSuchEmployee(choice);
	if (!another || !('phone' in choice)) return { found };
	const hint = `They are ${rows.map(employeeLabel).join(', ')}. Give the extension, or a phone of one alone.`;
	return { refused: `Several employees have the phone ${choice.phone}`, hint };
}

/** What the portal's methods take for a choice: a phone is looked up, all else goes on as it is. */
export function* known(choice: EmployeeChoice): Conversation<KnownEmployee | Refusal> {
	if (!('phone' in choice)) return choice;
	const one = yield* employeeFound(choice);
	if ('refused' in one) return one;
	const id = toId(one.found.ID);
	return id ? { id } : noSuchEmployee(choice);
}

function* knownFound(choices: readonly KnownEmployee[], isExtra: boolean): Conversation<Employee[][]> {
	const last: (Remembered | undefined)[] = [];
	for (const one of choices) last.push(yield* remembered(one));
	const calls = choices.map((one, index): Call<Employee[] | undefined> => {
		const optional = last[index] ? isSilence : undefined;
		return { ...findEmployee(one), optional: isExtra ? 'warn' : optional };
	});
	const [only] = calls;
	// One alone is asked for once a run.
	const found = only && calls.length === 1 ? [yield* ask(only)] : yield* askEach(calls);
	for (const [index, one] of choices.entries()) {
		const rows = found[index];
		const before = last[index];
		if (rows) yield* ask({ keep: keyOf(one), value: rows });
		else if (before) yield* tellAge(before.age);
	}
	return choices.map((_, index) => found[index] ?? last[index]?.rows ?? []);
}

interface Remembered {
	rows: Employee[];
	/** Milliseconds. */
	age: number;
}

/** Whom an id or extension meant last: as asked for before, or on the list of all. */
function* remembered(choice: KnownEmployee): Conversation<Remembered | undefined> {
	const asked = yield* ask({ recall: keyOf(choice) });
	if (asked) return { rows: asked.value as Employee[], age: asked.age };
	const list = yield* lastDirectory();
	const rows =
		list?.employees.filter((one) =>
			'id' in choice ? toId(one.ID) === choice.id : one.UF_PHONE_INNER === choice.extension,
		) ?? [];
	return list && rows.length > 0 ? { rows, age: list.age } : undefined;
}

function keyOf(choice: KnownEmployee): string {
	return `employee ${JSON.stringify(choice)}`;
}

/** A profile may be of today, so whoever is on no list that is remembered is asked for anew. */
function* byPhone(phone: string, isExtra: boolean): Conversation<Employee[]> {
	const first = yield* directory(FRESH, isExtra);
	const isSure = first.age === 0 || withPhone(first, phone).length > 0;
	const list = isSure ? first : yield* directory(0, isExtra);
	if (list.isStale) yield* tellAge(list.age);
	return withPhone(list, phone);
}

/** Those with an extension or phone; those with the surest kind of it alone. */
function withPhone({ employees }: Directory, phone: string): Employee[] {
	const text = (employee: Employee, name: string): string => String(employee[name] ?? '');
	const extension = employees.filter((one) => text(one, 'UF_PHONE_INNER') === phone);
	if (extension.length > 0) return extension;
	return (
		PHONES.map((name) => employees.filter((one) => isSameNumber(text(one, name), phone))).find(
			(found) => found.length > 0,
		) ?? []
	);
}

function* tellAge(age: number): Conversation<undefined> {
	return yield* ask({
		note: `Bitrix24 does not answer. The employee is whom it named ${Math.ceil(age / 60_000)} minutes ago`,
	});
}
