/**
 * Builds an element. Children that are no elements become text, so nothing that comes from data can turn into markup.
 * Attributes that are false, null or undefined are left out; true sets an empty one.
 */
export function h(tag, attributes, ...children) {
	const element = SVG.has(tag)
		? document.createElementNS('http://www.w3.org/2000/svg', tag)
		: document.createElement(tag);
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (value === false || value === null || value === undefined) continue;
		element.setAttribute(name, value === true ? '' : String(value));
	}
	for (const child of children.flat(Infinity)) {
		if (child === false || child === null || child === undefined) continue;
		element.append(child instanceof Node ? child : String(child));
	}
	return element;
}

const SVG = new Set(['svg', 'path', 'circle']);

/**
 * Makes the children of `target` look like `children` and keeps every element that can stay: focus, open details,
 * typed text and playing recordings survive. Elements are matched by `data-key`, then by place and tag.
 */
export function morph(target, ...children) {
	const wanted = children.flat(Infinity).filter((child) => child !== false && child !== null && child !== undefined);
	morphChildren(
		target,
		wanted.map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))),
	);
}

function morphChildren(target, wanted) {
	const keyed = new Map();
	for (const node of target.childNodes) if (node.dataset?.key) keyed.set(node.dataset.key, node);
	const wantedKeys = new Set(wanted.map((node) => node.dataset?.key).filter(Boolean));
	let current = target.firstChild;
	for (const node of wanted) {
		const key = node.dataset?.key;
		// A keyed element that is still wanted further down must not be overwritten by a stranger.
		while (!key && current?.dataset?.key && wantedKeys.has(current.dataset.key) === false) {
			const gone = current;
			current = current.nextSibling;
			gone.remove();
		}
		const match = key ? keyed.get(key) : similar(current, node);
		if (!match) {
			target.insertBefore(node, current);
			continue;
		}
		if (match === current) current = current.nextSibling;
		else target.insertBefore(match, current);
		update(match, node);
	}
	while (current) {
		const gone = current;
		current = current.nextSibling;
		gone.remove();
	}
}

function similar(current, node) {
	if (!current || current.nodeType !== node.nodeType || current.nodeName !== node.nodeName) return null;
	return current.dataset?.key ? null : current;
}

function update(old, fresh) {
	if (old.nodeType === Node.TEXT_NODE) {
		if (old.data !== fresh.data) old.data = fresh.data;
		return;
	}
	if (old.nodeName !== fresh.nodeName) {
		old.replaceWith(fresh);
		return;
	}
	for (const { name, value } of [...fresh.attributes])
		if (old.getAttribute(name) !== value) old.setAttribute(name, value);
	for (const { name } of [...old.attributes]) {
		// What the person opened stays open.
		if (!fresh.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
	}
	morphChildren(old, [...fresh.childNodes]);
	if (old.nodeName === 'SELECT' && document.activeElement !== old) old.value = fresh.value;
	if (old.nodeName === 'INPUT' && old.type === 'checkbox') old.checked = fresh.hasAttribute('checked');
}
