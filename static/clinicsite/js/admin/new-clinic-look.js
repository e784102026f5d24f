// Shows what two colours make, and whether white words can be read on the first (WCAG 2.2, 1.4.3: 4.5 to 1).
(() => {
    const sample = document.querySelector('[data-clinicsite-sample]');
    const verdict = document.querySelector('[data-clinicsite-verdict]');
    const fields = [...document.querySelectorAll('[data-clinicsite-colour]')];
    const isColour = (text) => /^#[0-9a-f]{6}$/i.test(text);

    const luminance = (colour) => {
        const [red, green, blue] = [1, 3, 5].map((at) => {
            const part = parseInt(colour.slice(at, at + 2), 16) / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };

    const show = () => {
        for (const field of fields) {
            const name = field.dataset.clinicsiteColour === 'brand_primary' ? '--primary' : '--accent';
            if (isColour(field.value)) {
                sample.style.setProperty(name, field.value);
            }
        }
        const primary = fields.find((field) => field.dataset.clinicsiteColour === 'brand_primary');
        if (!isColour(primary.value)) {
            verdict.textContent = 'Write a colour as # and six figures or letters, such as #1f5f6b.';
            return;
        }
        const ratio = 1.05 / (luminance(primary.value) + 0.05);
        const said = `White words on the main colour: ${(Math.floor(ratio * 10) / 10).toFixed(1)} to 1`;
        verdict.textContent = ratio >= 4.5 ? `${said}. They can be read.` : `${said}. Too pale: 4.5 is needed.`;
    };

    for (const field of fields) {
        const picker = document.createElement('input');
        picker.type = 'color';
        picker.setAttribute('aria-label', `Pick: ${field.labels[0]?.textContent.trim() ?? 'colour'}`);
        const both = document.createElement('div');
        both.className = 'new-clinic__colour';
        field.replaceWith(both);
        both.append(field, picker);
        const copy = () => {
            if (isColour(field.value)) {
                picker.value = field.value.toLowerCase();
            }
        };
        copy();
        picker.addEventListener('input', () => {
            field.value = picker.value;
            show();
        });
        field.addEventListener('input', () => {
            copy();
            show();
        });
    }
    show();
})();
