//! Where things lie on the drawn route. Whole numbers only, and no words.
//!
//! The route runs *along* one axis and the ports lie *across* it. Landscape, along is to the right; upright, it is down.
//! Everything else is the same for both, so a wide and a narrow screen cannot come to show different routes.
//!
//! ```
//! use portolan_chart::{Plan, Reaches, Shape};
//!
//! let plan = Plan::new(Shape::Landscape, 4, 1, true);
//! assert!(plan.line(0, Reaches::End).starts_with('M'));
//! ```

/// Which way the route runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// To the right.
    Landscape,
    /// Down.
    Upright,
}

/// How far a port's line gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaches {
    /// It ends at this edge.
    Edge(usize),
    /// It gets out, and nothing listens at the other end.
    Outside,
    /// It arrives.
    End,
}

/// The positions for a number of ports and edges.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which way the route runs.
    pub shape: Shape,
    /// Of the whole drawing.
    pub width: i32,
    /// Of the whole drawing.
    pub height: i32,
    /// The middle, across.
    pub middle: i32,
    /// Along: where the sender is.
    pub sender: i32,
    edges: Vec<i32>,
    /// Where lines turn towards the end.
    pub turn: i32,
    /// Where the end is.
    pub end: i32,
    /// What lies beyond the end.
    pub beyond: i32,
    first_row: i32,
    pitch: i32,
}

impl Plan {
    /// The positions for so many ports and edges.
    pub fn new(shape: Shape, ports: usize, edges: usize, has_beyond: bool) -> Self {
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX).clamp(1, 12);
        let (gaps, last_edge) = (count(ports) - 1, count(edges) - 1);
        let along = |first: i32, step: i32| (0..=last_edge).map(|at| first + at * step).collect();
        match shape {
            Shape::Landscape => {
                let (pitch, top) = (42, 44);
                let rows = gaps.max(2) * pitch;
                let middle = top + rows / 2;
                Self {
                    shape,
                    width: 860,
                    height: top + rows + 40 + (last_edge + 1) * 20,
                    middle,
                    sender: 80,
                    edges: along(230 - last_edge * 14, 46),
                    turn: 612,
                    end: if has_beyond { 716 } else { 760 },
                    beyond: 812,
                    first_row: middle - gaps * pitch / 2,
                    pitch,
                }
            }
            Shape::Upright => {
                let pitch = (296 / gaps.max(1)).min(66);
                let turn = 148 + last_edge * 46 + 66;
                Self {
                    shape,
                    width: 360,
                    height: turn + if has_beyond { 180 } else { 110 },
                    middle: 180,
                    sender: 36,
                    edges: along(148, 46),
                    turn,
                    end: turn + 72,
                    beyond: turn + 146,
                    first_row: 180 - gaps * pitch / 2,
                    pitch,
                }
            }
        }
    }

    /// How far along the edge lies. An edge that does not exist lies where the last one does.
    pub fn edge(&self, at: usize) -> i32 {
        self.edges
            .get(at)
            .or(self.edges.last())
            .copied()
            .unwrap_or(self.sender)
    }

    /// How far along the last edge lies.
    pub fn last_edge(&self) -> i32 {
        self.edge(usize::MAX)
    }

    /// How far across the port lies that is drawn as number `at`.
    pub const fn row(&self, at: i32) -> i32 {
        self.first_row + at * self.pitch
    }

    /// Whether the numbers of the ports have to stand in two ranks, because one would be too tight.
    pub fn is_tight(&self) -> bool {
        self.shape == Shape::Upright && self.pitch < 44
    }

    /// A point as x and y.
    pub const fn point(&self, along: i32, across: i32) -> (i32, i32) {
        match self.shape {
            Shape::Landscape => (along, across),
            Shape::Upright => (across, along),
        }
    }

    /// A point as it stands in a path.
    fn pair(&self, along: i32, across: i32) -> String {
        let (x, y) = self.point(along, across);
        xy(x, y)
    }

    /// The line of the port that is drawn as number `at`.
    pub fn line(&self, at: i32, reaches: Reaches) -> String {
        let row = self.row(at);
        let landfall = self.edge(0) - 34;
        let mut path = String::from("M");
        path += &self.pair(self.sender, self.middle);
        path.push('C');
        path += &self.pair(self.sender + 64, self.middle);
        path += &self.pair(landfall - 44, row);
        path += &self.pair(landfall, row);
        path.push('L');
        match reaches {
            Reaches::Edge(edge) => path += &self.pair(self.edge(edge), row),
            Reaches::Outside => path += &self.pair(self.turn, row),
            Reaches::End => {
                path += &self.pair(self.turn, row);
                self.arrive(&mut path, row);
            }
        }
        path
    }

    /// What remains of a line behind the edge that has to be opened first.
    pub fn rest(&self, at: i32, edge: usize) -> String {
        let row = self.row(at);
        let mut path = String::from("M");
        path += &self.pair(self.edge(edge) + 10, row);
        path.push('L');
        path += &self.pair(self.turn, row);
        self.arrive(&mut path, row);
        path
    }

    fn arrive(&self, path: &mut String, row: i32) {
        path.push('C');
        path.push_str(&self.pair(self.turn + 44, row));
        path.push_str(&self.pair(self.end - 56, self.middle));
        path.push_str(&self.pair(self.end, self.middle));
    }

    /// A straight stroke between two points, each along and across.
    pub fn stroke(&self, from: (i32, i32), to: (i32, i32)) -> String {
        ["M", &self.pair(from.0, from.1), "L", &self.pair(to.0, to.1)].concat()
    }

    /// The sixteen winds from a point, as old charts carry them.
    pub fn winds(&self, along: i32) -> String {
        let (x, y) = self.point(along, self.middle);
        let mut path = String::new();
        for (a, b) in [(999, 0), (924, 383), (707, 707), (383, 924)] {
            for (dx, dy) in [(a, b), (-b, a), (-a, -b), (b, -a)] {
                path.push('M');
                path.push_str(&xy(x, y));
                path.push('l');
                path.push_str(&xy(dx, dy));
            }
        }
        path
    }
}

#[inline(never)]
fn xy(x: i32, y: i32) -> String {
    [&x.to_string(), " ", &y.to_string(), " "].concat()
}

/// Breaks a name into lines of about `most` signs, at its spaces.
pub fn wrap(name: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ports_lie_on_the_sheet_in_both_shapes() {
        for shape in [Shape::Landscape, Shape::Upright] {
            for ports in 0..=9 {
                for edges in 0..=3 {
                    let plan = Plan::new(shape, ports, edges, true);
                    for at in 0..i32::try_from(ports).unwrap() {
                        let (x, y) = plan.point(plan.last_edge(), plan.row(at));
                        assert!((0..plan.width).contains(&x) && (0..plan.height).contains(&y));
                    }
                    assert!(plan.last_edge() < plan.turn && plan.turn < plan.end);
                    let (x, y) = plan.point(plan.beyond, plan.middle);
                    assert!(x < plan.width && y < plan.height);
                }
            }
        }
    }

    #[test]
    fn names_break_at_spaces_only() {
        assert_eq!(
            wrap("Amazon Simple Email Service", 16),
            ["Amazon Simple", "Email Service"]
        );
        assert_eq!(wrap("Unbreakablelongname", 8), ["Unbreakablelongname"]);
    }
}
