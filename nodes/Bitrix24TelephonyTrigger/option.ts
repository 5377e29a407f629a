import type { INodeProperties } from 'n8n-workflow';
import { isMissing, kindOf, toNumber, toText } from '../common/values';

/**
 * From this version of the node on an item is ready to dial with: names and extension are looked up, no text is null.
 */
export const READY_VERSION = 1.2;

/** From this version of the node on employees and lines are chosen from lists. */
export const LISTS_VERSION = 1.3;

/** What to give in place of something that is no switch. */
export const YES_OR_NO = 'Give true or false.';

/** Shows an option in nodes of {@link READY_VERSION} and later. */
export const READY_ONLY = { '@version': [{ _cnd: { gte: READY_VERSION } }] };

/** What {@link Option} needs beside the property. */
interface Reading<Value> {
	/** Gives undefined for a value that is wrong. */
	accept: (value: unknown) => Value | undefined;
	/** What to give in place of a wrong value. */
	advice: string;
	/** What counts until the option is added. */
	absent: Value;
	/** The same for nodes of {@link READY_VERSION} and later. */
	absentToday?: Value;
	/** Says what a wrong value is; its kind where this is left out. */
	wrong?: string;
}

/** An option of the trigger: how n8n shows it, and how its value is read. */
export class Option<Value> {
	constructor(
		readonly property: INodeProperties,
		private readonly reading: Reading<Value>,
	) {}

	/** What counts until the option is added to a node before {@link READY_VERSION}. */
	get absent(): Value {
		return this.reading.absent;
	}

	/** What counts until the option is added to a node of this version. */
	absentIn(version: number): Value {
		const { absent, absentToday = absent } = this.reading;
		return version >= READY_VERSION ? absentToday : absent;
	}

	/**
	 * Reads a value. One that is missing counts as the option is shown.
	 *
	 * @returns the value; for a wrong one what counts until the option is added, and what is wrong.
	 */
	read(given: unknown, version = 1): { value: Value; wrong?: string } {
		const { accept, advice, wrong = `is ${kindOf(given)}` } = this.reading;
		const value = accept(isMissing(given) ? this.property.default : given);
		if (value !== undefined) return { value };
		return {
			value: this.absentIn(version),
			wrong: `The option ${this.property.displayName} ${wrong}. ${advice}`,
		};
	}
}

/** How an option of a kind is named and explained. */
type Words<Default> = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'> & {
	default: Default;
};

/** A time; fractions of a second are fine. */
export function seconds(property: Words<number>): Option<number> {
	const accept = (given: unknown): number | undefined => {
		const number = toNumber(given);
		return number !== undefined && number >= 0 ? number : undefined;
	};
	return new Option(
		{ ...property, type: 'number', typeOptions: { minValue: 0 } },
		{ accept, advice: 'Give a number of seconds, 0 or more.', absent: property.default },
	);
}

/** Digits that only nodes of {@link READY_VERSION} and later have a use for. */
export function digits(property: Words<string>): Option<string> {
	const accept = (given: unknown): string | undefined => toText(given)?.match(/^\+?(\d{0,8})$/)?.[1];
	return new Option(
		{ ...property, type: 'string', displayOptions: { show: READY_ONLY } },
		{ accept, advice: 'Give digits, eight at most.', absent: property.default },
	);
}

/** Reads a list that the user typed: texts separated by commas or lines. */
export function typedList(text: unknown): string[] {
	return String(text ?? '')
		.split(/[,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
}
