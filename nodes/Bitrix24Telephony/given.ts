import type { INodeProperties } from 'n8n-workflow';
import type { FileSource } from '../../bitrix24/plan';
import { isMissing, isPlainObject, kindOf, toNumber, toText } from '../common/values';

/** What a value needs to know of the item that brings it. */
export interface Place {
	/** IANA time zone of dates without offset. */
	readonly zone: string;
	/** A file of the item. Throws, naming the field that asked for it, when there is none of that name. */
	binary(property: string, label: string): FileSource;
	/** Fails the item. */
	refuse(message: string, description: string): never;
}

/** A value that an item brings for a field, and how to refuse it. */
export class Given {
	constructor(
		readonly value: unknown,
		/** What the user knows the field by. */
		readonly label: string,
		/** The item that brings it. */
		readonly place: Place,
	) {}

	/** True when there is none: the expression brought nothing, or only blanks. */
	get isMissing(): boolean {
		return isMissing(this.value);
	}

	/** IANA time zone of dates without offset. */
	get zone(): string {
		return this.place.zone;
	}

	/** A part of it, for example a row, under a label of its own or the same. */
	part(value: unknown, label = this.label): Given {
		return new Given(value, label, this.place);
	}

	/**
	 * Its text, trimmed.
	 *
	 * @throws NodeOperationError when it is missing or no text.
	 */
	text(): string {
		return this.optionalText() ?? this.refuseMissing();
	}

	/**
	 * Its text, trimmed; undefined when missing.
	 *
	 * @throws NodeOperationError when it is no text.
	 */
	optionalText(): string | undefined {
		if (this.isMissing) return undefined;
		return toText(this.value) ?? this.refuse('must be text', 'Check the expression: it must give one text.');
	}

	/**
	 * A number from `min` to `max`.
	 *
	 * @throws NodeOperationError when it is something else.
	 */
	number(min: number, max = Infinity): number {
		const number = toNumber(this.value);
		return number !== undefined && number >= min && number <= max ? number : this.refuseNumber('number', min, max);
	}

	/** A whole number, as {@link number}. */
	integer(min: number, max = Infinity): number {
		const number = toNumber(this.value);
		const fits = Number.isInteger(number) && number !== undefined && number >= min && number <= max;
		return fits ? number : this.refuseNumber('whole number', min, max);
	}

	/**
	 * The value of a resource locator, or a plain value.
	 *
	 * @returns the mode, where there is one, and the value as a part of the same label.
	 * @throws NodeOperationError when it is an object of another kind.
	 */
	located(): { mode: unknown; chosen: Given } {
		if (!isPlainObject(this.value)) return { mode: undefined, chosen: this };
		const { mode, value } = this.value;
		if (Object.hasOwn(this.value, 'value')) return { mode, chosen: this.part(value) };
		return this.refuse('cannot be read', 'Choose it from the list, or give its ID or code.');
	}

	/** Fails the item: the label and what is wrong, then what came and what to do. */
	refuse(problem: string, advice: string): never {
		return this.place.refuse(`${this.label} ${problem}`, `It is ${kindOf(this.value)} on this item. ${advice}`);
	}

	/** Fails the item because nothing came. */
	refuseMissing(): never {
		return this.place.refuse(`${this.label} is empty`, `Fill in ${this.label}, or check its expression on this item.`);
	}

	private refuseNumber(kind: string, min: number, max: number): never {
		if (this.isMissing) return this.refuseMissing();
		return this.refuse(
			`must be a ${kind} from ${min}${max === Infinity ? '' : ` to ${max}`}`,
			'Give digits only, without a unit.',
		);
	}
}

/** The name by which errors call a field: as n8n shows it, without the unit behind it. */
export function labelOf({ displayName }: Pick<INodeProperties, 'displayName'>): string {
	return displayName.replace(/ \(.*\)$/, '');
}
