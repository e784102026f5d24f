// Proposes the web address of a new clinic from its name, until somebody types one.
(() => {
    const host = document.querySelector('[data-clinicsite-host-of]');
    const ending = host?.dataset.clinicsiteHostEnding;
    const name = host && document.getElementById(host.dataset.clinicsiteHostOf);
    if (!name || !ending || host.value) {
        return;
    }
    let proposed = '';
    name.addEventListener('input', () => {
        if (host.value !== proposed) {
            return;
        }
        const label = name.value
            .normalize('NFKD')
            .replace(/[\u0300-\u036f'’]/g, '')
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '-')
            .replace(/^-+|-+$/g, '')
            .slice(0, 63);
        proposed = label && label + ending;
        host.value = proposed;
    });
})();
