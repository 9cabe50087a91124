package dev.quire.view;

/**
 * Lets a click on a column's head sort an HTML table. It lies in the table's own attributes: it needs no name, goes
 * with a copy of the output, and where a page takes scripts away a plain table is left.
 */
final class Sorting {
    /** Numbers by size, words as people sort them, what is empty or left out last; a second click turns it round. */
    private static final String CODE = "var h=event.target.closest('th');if(h){var b=h.closest('table').tBodies[0],"
            + "i=h.cellIndex,d=h.ariaSort=='ascending'?-1:1,v=function(r){return r.cells[i].textContent.trim()},"
            + "n=function(s){return Number(s.replace(/[,%]/g,''))};"
            + "[].slice.call(h.parentNode.cells).forEach(function(c){c.ariaSort=null;c.lastChild.textContent=''});"
            + "h.ariaSort=d>0?'ascending':'descending';h.lastChild.textContent=d>0?' ↑':' ↓';"
            + "[].slice.call(b.rows).sort(function(p,q){var x=v(p),y=v(q),e=function(s){return s==''||s=='…'};"
            + "if(e(x)||e(y))return e(x)-e(y);return d*(isNaN(n(x)-n(y))?x.localeCompare(y):n(x)-n(y))})"
            + ".forEach(function(r){b.appendChild(r)})}";

    /** The attributes of a {@code thead} whose heads sort; each head must end with an element for the arrow. */
    static final String ATTRIBUTES =
            " style=\"cursor:pointer\" title=\"click a head to sort the rows shown\" onclick=\"" + Html.escape(CODE)
                    + "\"";

    private Sorting() {}
}
